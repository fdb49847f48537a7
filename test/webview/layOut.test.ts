import { beforeAll, describe, expect, it } from "vitest";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import { cardSize, type Rectangle } from "../../webview/canvas/geometry.ts";
import { flowThatFits, layOut, type Flow, type Layout } from "../../webview/canvas/layOut.ts";
import { absolutePlaces } from "../../webview/canvas/places.ts";
import { createScene, type Scene } from "../../webview/canvas/scene.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

function drawn(
  text: string,
  { flow = "right", open = [] }: { readonly flow?: Flow; readonly open?: readonly string[] } = {},
): { readonly scene: Scene; readonly layout: Layout } {
  const design = analyzed(text);
  const scene = createScene(design, open, "parameters");
  return { scene, layout: layOut(scene, flow, design.parsed.design.canvas) };
}

const edited = (text: string, command: EditCommand): string => {
  const result = applyCommand(text, command);
  if (result.type === "refused") {
    throw new Error(result.message);
  }
  return applyEdits(text, result.edits);
};

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlapping({ scene, layout }: ReturnType<typeof drawn>): readonly string[] {
  const cards = [...absolutePlaces(scene, layout)].filter(([id]) => layout.cards.has(id));
  return cards.flatMap(([id, place], index) =>
    cards
      .slice(index + 1)
      .flatMap(([other, there]) => (overlap(place, there) ? [`${id} ${other}`] : [])),
  );
}

beforeAll(loadLayering);

describe("the layout", () => {
  it("is the same for the same design, and does not know its numbers", () => {
    const before = drawn(branches).layout;
    expect(drawn(branches).layout).toEqual(before);
    const wider = edited(branches, {
      type: "setOption",
      nodes: ["a"],
      option: "filters",
      value: 64,
    });
    expect(drawn(wider).layout).toEqual(before);
  });

  it("runs along the wires, branches in the order of the file", () => {
    const { cards } = drawn(branches).layout;
    const at = (id: string): Rectangle => cards.get(id)!;
    for (const [from, to] of [
      ["image", "stem"],
      ["stem", "a"],
      ["a", "join"],
      ["join", "mix"],
    ]) {
      expect(at(to!).x).toBeGreaterThanOrEqual(at(from!).x + cardSize.width);
    }
    expect([at("a").y, at("b").y, at("c").y]).toEqual(
      [at("a").y, at("b").y, at("c").y].toSorted((a, b) => a - b),
    );
  });

  it("covers no card with another, blocks open or closed, both ways", () => {
    for (const flow of ["right", "down"] as const) {
      for (const open of [[], ["mix"], ["mix", "mix/1"], ["mix", "mix/1", "mix/2"]]) {
        expect(overlapping(drawn(branches, { flow, open }))).toEqual([]);
      }
    }
  });

  it("leaves what a person placed where it is, and the others as they were", () => {
    const before = drawn(lenet5).layout.cards;
    const moved = edited(lenet5, { type: "moveNodes", positions: { c3: [900, 400] } });
    const { cards } = drawn(moved).layout;
    expect(cards.get("c3")).toEqual({ x: 900, y: 400, ...cardSize });
    for (const id of ["image", "c1", "s2", "s4", "output"]) {
      expect(cards.get(id)).toEqual(before.get(id));
    }
  });

  it("moves a card aside that a placed one would cover", () => {
    const { x, y } = drawn(lenet5).layout.cards.get("s2")!;
    const moved = edited(lenet5, { type: "moveNodes", positions: { output: [x + 10, y + 10] } });
    expect(overlapping(drawn(moved))).toEqual([]);
  });

  it("does not move a chain that goes on at its end", () => {
    const before = drawn(lenet5).layout.cards;
    const longer = edited(lenet5, { type: "addNode", nodeType: "dropout", from: ["output"] });
    const { cards } = drawn(longer).layout;
    for (const [id, place] of before) {
      expect(cards.get(id)).toEqual(place);
    }
  });

  it("keeps the layers of an open block inside its frame", () => {
    const { scene, layout } = drawn(branches, { open: ["mix", "mix/1", "mix/2"] });
    const inside = [...scene.cards, ...scene.frames].filter(({ id }) => scene.frameOf.has(id));
    expect(inside.length).toBeGreaterThan(10);
    for (const { id } of inside) {
      const frame = layout.frames.get(scene.frameOf.get(id)!)!;
      const card = (layout.cards.get(id) ?? layout.frames.get(id))!;
      expect(card.x).toBeGreaterThan(0);
      expect(card.x + card.width).toBeLessThan(frame.width);
      expect(card.y + card.height).toBeLessThan(frame.height);
    }
  });

  it("runs down where that shows a long chain larger", () => {
    const { scene } = drawn(lenet5);
    expect(flowThatFits(scene, { width: 1000, height: 900 })).toBe("down");
    expect(flowThatFits(scene, { width: 4000, height: 300 })).toBe("right");
  });
});

describe("blocks that open in a layout made by hand", () => {
  const placed = edited(branches, {
    type: "moveNodes",
    positions: {
      image: [0, 0],
      stem: [300, 0],
      a: [600, -150],
      b: [600, 0],
      c: [600, 150],
      join: [900, 0],
      mix: [1200, 0],
      mean: [1500, 0],
      classes: [1800, 0],
    },
  });
  const closed = drawn(placed).layout.cards;
  const open = drawn(placed, { open: ["mix"] });

  it("leave what stands before them and move what stands behind them", () => {
    for (const id of ["image", "stem", "a", "b", "c", "join"]) {
      expect(open.layout.cards.get(id)).toEqual(closed.get(id));
    }
    const frame = open.layout.frames.get("mix")!;
    const moved = frame.width - cardSize.width;
    expect(frame.x).toBe(1200);
    expect(open.layout.cards.get("mean")).toEqual({ x: 1500 + moved, y: 0, ...cardSize });
    expect(overlapping(open)).toEqual([]);
  });

  it("and what is moved beside them is kept as the closed layout has it", () => {
    const { expansion } = open.layout;
    for (const [id, { x, y }] of closed) {
      expect(expansion.close(id, expansion.open(id, { x, y }))).toEqual({ x, y });
    }
  });
});
