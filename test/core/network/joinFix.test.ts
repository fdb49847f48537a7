import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { applyEdits } from "../../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../../src/core/design/edit.ts";

type Nodes = Readonly<Record<string, unknown>>;

const image = { type: "input", shape: [32, 32, 8] };
const conv = (from: string, options: Nodes = {}): Nodes => ({
  type: "conv2d",
  from,
  filters: 16,
  kernelSize: 3,
  padding: "same",
  ...options,
});
const join = (type: string, ...from: readonly string[]): Nodes => ({ type, from });

/** What does not agree, the fix that is offered, and the shape at the join once it is done. */
const cases: readonly (readonly [string, Nodes, string, readonly number[]])[] = [
  [
    "channels of two, one of them the shortcut",
    { a: conv("image"), join: join("add", "a", "image") },
    "Insert a 1 × 1 Projection",
    [32, 32, 16],
  ],
  [
    "channels of one among three",
    {
      a: conv("image"),
      b: conv("image"),
      c: conv("image", { filters: 4 }),
      join: join("multiply", "a", "b", "c"),
    },
    "Insert a 1 × 1 Projection",
    [32, 32, 16],
  ],
  [
    "channels of two among four",
    {
      a: conv("image"),
      b: conv("image"),
      c: conv("image", { filters: 4 }),
      d: conv("image", { filters: 5 }),
      join: join("average", "a", "b", "c", "d"),
    },
    "Insert 1 × 1 Projections",
    [32, 32, 16],
  ],
  [
    "sizes and channels behind a step, as in a residual network",
    { a: conv("image", { strides: 2 }), join: join("add", "image", "a") },
    "Insert a 1 × 1 Projection",
    [16, 16, 16],
  ],
  [
    "a border that one branch lost",
    {
      a: conv("image"),
      b: conv("image", { padding: "valid" }),
      join: join("concatenate", "a", "b"),
    },
    "Set Padding of b to Same",
    [32, 32, 32],
  ],
  [
    "borders that two branches lost",
    {
      a: conv("image"),
      b: conv("image", { padding: "valid" }),
      c: conv("image", { padding: "valid", kernelSize: 5 }),
      join: join("concatenate", "a", "b", "c"),
    },
    "Set Paddings to Same",
    [32, 32, 48],
  ],
  [
    "one branch of three that takes steps",
    {
      a: conv("image"),
      b: conv("image"),
      extra: conv("image", { strides: 2 }),
      join: join("concatenate", "a", "b", "extra"),
    },
    "Set Strides of extra to 1",
    [32, 32, 48],
  ],
  [
    "two branches of two sizes",
    {
      a: conv("image"),
      b: conv("image", { strides: 2 }),
      join: join("concatenate", "a", "b"),
    },
    "Insert a Max Pooling",
    [16, 16, 32],
  ],
  [
    "a map that was cut as in a U-Net",
    {
      a: conv("image"),
      crop: { type: "cropping2d", from: "image", cropping: [2, 3, 4, 5] },
      join: join("concatenate", "a", "crop"),
    },
    "Crop to 27 × 23",
    [27, 23, 24],
  ],
  [
    "a small map among larger ones",
    {
      a: conv("image"),
      b: conv("image"),
      half: { type: "maxPooling2d", from: "image" },
      join: join("concatenate", "a", "b", "half"),
    },
    "Insert an UpSampling2D",
    [32, 32, 40],
  ],
  [
    "sizes and channels, each with its own remedy",
    {
      a: conv("image"),
      b: conv("image"),
      c: conv("image", { padding: "valid", filters: 4 }),
      join: join("maximum", "a", "b", "c"),
    },
    "Make the Shapes Agree",
    [32, 32, 16],
  ],
  [
    "a vector and a map",
    {
      a: conv("image"),
      mean: { type: "globalAveragePooling2d", from: "image" },
      join: join("concatenate", "a", "mean"),
    },
    "Insert a Global Average Pooling",
    [24],
  ],
  [
    "vectors of two lengths",
    {
      mean: { type: "globalAveragePooling2d", from: "image" },
      wide: { type: "dense", from: "mean", units: 20 },
      join: join("add", "mean", "wide"),
    },
    "Insert a Dense Layer",
    [20],
  ],
];

describe("a join whose inputs do not agree", () => {
  test.each(cases)("%s", (_, nodes, title, shape) => {
    const text = JSON.stringify({ version: 1, nodes: { image, ...nodes } }, undefined, 2);
    const problem = analyzeText(text).analysis.problems.find(
      ({ code }) => code === "shapeMismatch",
    );
    expect([problem?.node, problem?.fix?.title]).toEqual(["join", title]);
    const result = problem?.fix && applyCommand(text, problem.fix.command);
    const edits = result?.type === "edits" ? result.edits : [];
    const { analysis } = analyzeText(applyEdits(text, edits));
    expect(analysis.nodes.get("join")?.outputShape).toEqual(shape);
    expect(analysis.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
