import { expect, test } from "vitest";
import { createScene } from "../../webview/canvas/scene.ts";
import { analyzed } from "./designs.ts";

const text = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "unit": { "type": "pair", "from": "image", "repeat": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "unit" }
  },
  "blocks": {
    "pair": {
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": 4, "kernelSize": 0 },
        "second": { "type": "conv2d", "from": "first", "filters": 8, "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`;

const marked = (openBlocks: readonly string[], inside?: string) => {
  const { cards, frames } = createScene(analyzed(text), openBlocks, "parameters", inside);
  return [...cards, ...frames]
    .filter(({ problem }) => problem !== undefined)
    .map(({ id, problem }) => [id, problem?.part]);
};

test("a problem of a part is marked on the part where it is in sight, else on the block around", () => {
  // What enters the second copy is not known, so the same is said of it by itself.
  const [first, second] = ["unit/1/first", "unit/2/first"];
  expect([marked([]), marked(["unit"]), marked(["unit", "unit/1"]), marked([], "unit/1")]).toEqual([
    [["unit", first]],
    [
      ["unit/1", first],
      ["unit/2", second],
    ],
    [
      [first, first],
      ["unit/2", second],
    ],
    [[first, first]],
  ]);
});

test("a part that is broken is drawn with what the file says of it", () => {
  const { cards } = createScene(analyzed(text), [], "parameters", "unit/1");
  const first = cards.find(({ id }) => id === "unit/1/first");
  expect(first).toMatchObject({ title: "first", typeTitle: "Conv2D", node: "unit", shape: "?" });
});
