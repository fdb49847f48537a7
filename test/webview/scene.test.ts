import { describe, expect, it } from "vitest";
import { reuseEqual } from "../../webview/canvas/isEqual.ts";
import { catalogEntry, catalogOf } from "../../webview/catalog/catalog.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

describe("the cards of LeNet-5", () => {
  const scene = createScene(analyzed(lenet5), [], "parameters");

  it("say what it is, what comes out and what it costs", () => {
    expect(
      scene.cards.map(({ title, options, shape, receptiveField, measured }) =>
        [title, options, shape, receptiveField, measured.figure].join(" | "),
      ),
    ).toEqual([
      "image |  | 28×28×1 | RF 1 | 0",
      "c1 | 6 filters, 5×5, same, tanh | 28×28×6 | RF 5 | 156",
      "s2 | 2×2/2 | 14×14×6 | RF 6 | 0",
      "c3 | 16 filters, 5×5, tanh | 10×10×16 | RF 14 | 2,416",
      "s4 | 2×2/2 | 5×5×16 | RF 16 | 0",
      "flatten | 5×5×16 → 400 | 400 | RF 16 | 0",
      "c5 | 120 units, tanh | 120 | RF 28 | 48,120",
      "f6 | 84 units, tanh | 84 | RF 28 | 10,164",
      "output | 10 units, softmax | 10 | RF 28 | 850",
    ]);
    expect(scene.cards.find(({ id }) => id === "c5")?.share).toBe(1);
  });

  it("have names for the screen reader", () => {
    expect(scene.cards[1]?.spoken).toBe(
      "c1, convolution, 6 filters, 5 by 5, same, tanh, output 28 by 28 by 6, 156 parameters",
    );
  });

  it("show the measure that was chosen", () => {
    const figures = (measure: "macs" | "activations" | "receptiveField"): readonly string[] =>
      createScene(analyzed(lenet5), [], measure).cards.map(({ measured }) => measured.figure);
    expect([figures("macs")[1], figures("activations")[1], figures("receptiveField")[4]]).toEqual([
      "117,600",
      "4,704",
      "16",
    ]);
  });

  it("and its wires carry the shapes", () => {
    expect(scene.wires.map(({ id, label }) => `${id} ${label}`)[1]).toBe("c1→s2#0 28×28×6");
  });
});

describe("a broken part", () => {
  it("says so on its card and leaves the numbers of the rest", () => {
    const broken = analyzed(
      lenet5.replace('"kernelSize": 5, "activation"', '"kernelSize": 50, "activation"'),
    );
    const cards = new Map(
      createScene(broken, [], "parameters").cards.map((card) => [card.id, card]),
    );
    expect(cards.get("c3")).toMatchObject({ shape: "?", problem: { severity: "error" } });
    expect(cards.get("c1")?.measured.figure).toBe("156");
  });
});

describe("a block", () => {
  it("is one card with its count when closed, and a frame around its layers when open", () => {
    const design = analyzed(branches);
    const closed = createScene(design, [], "parameters");
    expect(closed.cards.find(({ id }) => id === "mix")).toMatchObject({ repeat: 2, canOpen: true });
    const open = createScene(design, ["mix"], "parameters");
    expect(open.frames.map(({ id, repeat }) => [id, repeat])).toEqual([["mix", 2]]);
    expect(open.cards.some(({ id }) => id === "mix")).toBe(false);
    const known = new Set(open.cards.map(({ id }) => id));
    expect(
      open.wires.filter(({ source, target }) => !known.has(source) || !known.has(target)),
    ).toEqual([]);
    expect(open.wires.some(({ target }) => target === "mean")).toBe(true);
  });
});

describe("a scene after an edit", () => {
  it("keeps the cards that did not change", () => {
    const before = createScene(analyzed(lenet5), [], "parameters").cards;
    const after = createScene(
      analyzed(lenet5.replace('"units": 10', '"units": 12')),
      [],
      "parameters",
    ).cards;
    const reused = reuseEqual(before, after);
    expect(reused.filter((card) => !before.includes(card)).map(({ id }) => id)).toEqual(["output"]);
    expect(reuseEqual(before, createScene(analyzed(lenet5), [], "parameters").cards)).toBe(before);
  });
});

describe("a block that the file defines", () => {
  const own = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [8, 8, 3] },
    "one": { "type": "mine", "from": "image", "k": 4 }
  },
  "blocks": {
    "mine": {
      "parameters": { "k": 2, "deep": true },
      "inputs": ["x"],
      "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 1 } },
      "output": "c"
    }
  }
}`;

  it("is drawn, opened, edited and offered like those that come with the product", () => {
    const { parsed } = analyzed(own);
    const entry = catalogEntry("mine", parsed.design.blocks);
    expect([Object.keys(entry?.options ?? {}), catalogOf(parsed.design.blocks)[0]?.type]).toEqual([
      ["k", "deep", "repeat"],
      "mine",
    ]);
    const [, card] = createScene(analyzed(own), [], "parameters").cards;
    expect(card).toMatchObject({
      category: "block",
      canOpen: true,
      options: "k 4",
      shape: "8×8×16",
    });
  });
});
