import { describe, expect, it } from "vitest";
import { alignNodes } from "../../webview/arrange/alignNodes.ts";
import { pastePlaces, type PasteTarget } from "../../webview/arrange/pastePlaces.ts";
import { cardSize } from "../../webview/canvas/geometry.ts";

const card = (x: number, y: number) => ({ x, y, ...cardSize });

describe("lining up", () => {
  const places = new Map([
    ["a", card(0, 50)],
    ["b", card(100, 0)],
    ["c", { x: 700, y: 400, width: 400, height: 200 }],
  ]);
  const lined = (alignment: Parameters<typeof alignNodes>[0]) =>
    [...alignNodes(alignment, places)].map(([id, { x, y }]) => [id, x, y]);

  it("puts edges and centers on one line", () => {
    expect(lined("alignLeft")).toEqual([
      ["a", 0, 50],
      ["b", 0, 0],
      ["c", 0, 400],
    ]);
    expect(lined("alignRight")).toEqual([
      ["a", 900, 50],
      ["b", 900, 0],
      ["c", 700, 400],
    ]);
    expect(lined("alignCenter")).toEqual([
      ["a", 450, 50],
      ["b", 450, 0],
      ["c", 350, 400],
    ]);
    expect(lined("alignTop")).toEqual([
      ["a", 0, 0],
      ["b", 100, 0],
      ["c", 700, 0],
    ]);
    expect(lined("alignBottom")).toEqual([
      ["a", 0, 530],
      ["b", 100, 530],
      ["c", 700, 400],
    ]);
    expect(lined("alignMiddle")).toEqual([
      ["a", 0, 265],
      ["b", 100, 265],
      ["c", 700, 200],
    ]);
  });

  it("makes gaps equal and leaves the outermost where they are", () => {
    expect(lined("distributeHorizontally")).toEqual([
      ["a", 0, 50],
      ["b", 350, 0],
      ["c", 700, 400],
    ]);
    expect(lined("distributeVertically")).toEqual([
      ["b", 100, 0],
      ["a", 0, 200],
      ["c", 700, 400],
    ]);
  });
});

describe("the place of what is pasted", () => {
  const target: PasteTarget = {
    flow: "right",
    places: new Map([
      ["a", card(0, 0)],
      ["below", card(0, 110)],
    ]),
    selection: ["a"],
    isPointed: false,
    center: { x: 1000, y: 1000 },
  };
  const copied = { p: [500, 500], q: [800, 520] } as const;
  const at = (change: Partial<PasteTarget>) =>
    [...pastePlaces(copied, { ...target, ...change })].map(([id, { x, y }]) => [id, x, y]);

  it("is below the selection of a network that runs to the right, clear of what stands there", () => {
    expect(at({})).toEqual([
      ["p", 0, 204],
      ["q", 300, 224],
    ]);
  });

  it("is beside the selection of a network that runs down", () => {
    expect(at({ flow: "down" })).toEqual([
      ["p", 240, 0],
      ["q", 540, 20],
    ]);
  });

  it("is where the menu was opened, whatever is selected", () => {
    expect(at({ isPointed: true, pointer: { x: 400, y: 300 } })).toEqual([
      ["p", 300, 265],
      ["q", 600, 285],
    ]);
  });

  it("is at the pointer where nothing is selected, and else in the middle of the view", () => {
    expect(at({ selection: [], pointer: { x: 100, y: 35 } })[0]).toEqual(["p", 0, 0]);
    expect(at({ selection: [] })[0]).toEqual(["p", 750, 955]);
  });

  it("is left to the layout where the nodes had none", () => {
    expect(pastePlaces({}, target).size).toBe(0);
  });
});
