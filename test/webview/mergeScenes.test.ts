import { beforeAll, expect, test } from "vitest";
import { compare } from "../../src/core/compare/compare.ts";
import { differenceWords } from "../../src/core/compare/differenceWords.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { mergeScenes } from "../../webview/compare/mergeScenes.ts";
import { analyzed } from "./designs.ts";

beforeAll(loadLayering);

const design = (name: string, options: string) =>
  analyzed(`{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 8] },
    "${name}": { "type": "residualBlock", "from": "image", "filters": 8${options} },
    "mean": { "type": "globalAveragePooling2d", "from": "${name}" }
  }
}
`);

const merged = (
  before: ReturnType<typeof design>,
  after: typeof before,
  open: readonly string[],
) => {
  const { cards, frames, wires } = mergeScenes(
    before,
    after,
    compare(before, after),
    "right",
    open,
  );
  return {
    frames: frames.map(({ frame, kind }) => [frame.id, kind]),
    cards: cards.flatMap(({ card, difference }) =>
      difference === undefined ? [] : [[card.id, difference.kind, differenceWords(difference)]],
    ),
    ends: wires.every(({ source, target }) =>
      [source, target].every((id) => cards.some(({ card }) => card.id === id)),
    ),
  };
};

test("an open block shows what became of its parts, also under another name", () => {
  const plain = design("stage", "");
  const strided = design("stage", ', "strides": 2');
  expect(merged(plain, strided, ["stage"])).toEqual({
    frames: [["stage", "changed"]],
    cards: expect.arrayContaining([
      ["stage/conv1", "changed", "strides 1 → 2"],
      ["stage/projection", "added", "conv2d"],
    ]),
    ends: true,
  });
  expect(merged(plain, design("renamed", ""), ["renamed"])).toEqual({
    frames: [["renamed", "changed"]],
    cards: [],
    ends: true,
  });
});
