import { expect, test } from "vitest";
import { operationsOf, totalOperations } from "../../../src/core/analysis/operations.ts";
import { designOf } from "../designOf.ts";

const { network } = designOf({
  image: { type: "input", shape: [8, 8, 3] },
  conv: {
    type: "conv2d",
    from: "image",
    filters: 4,
    kernelSize: 3,
    padding: "same",
    activation: "relu",
  },
  pool: { type: "maxPooling2d", from: "conv", poolSize: 2 },
  mean: { type: "averagePooling2d", from: "conv", poolSize: 2 },
  sum: { type: "add", from: ["pool", "mean", "pool"] },
  bn: { type: "batchNormalization", from: "sum" },
  flat: { type: "flatten", from: "bn" },
  out: { type: "dense", from: "flat", units: 10, activation: "softmax" },
});

const nothing = {
  additions: 0,
  multiplications: 0,
  comparisons: 0,
  exponentials: 0,
  divisions: 0,
};

const expected = {
  image: {},
  // A bias and a comparison for each of 8 · 8 · 4 values.
  conv: { additions: 256, comparisons: 256 },
  // Three comparisons for each of 4 · 4 · 4 windows.
  pool: { comparisons: 192 },
  mean: { additions: 192, divisions: 64 },
  sum: { additions: 128 },
  bn: { additions: 64, multiplications: 64 },
  flat: {},
  // Ten biases; softmax: the largest of ten, ten differences, ten exponentials, their sum, ten quotients.
  out: { additions: 10 + 10 + 9, comparisons: 9, exponentials: 10, divisions: 10 },
};

test("operations beside multiply-accumulates, layer by layer and together", () => {
  expect(
    Object.fromEntries(network.layers.map((layer) => [layer.id, operationsOf(layer)])),
  ).toEqual(
    Object.fromEntries(Object.entries(expected).map(([id, some]) => [id, { ...nothing, ...some }])),
  );
  expect(totalOperations(network.layers)).toEqual({
    additions: 256 + 192 + 128 + 64 + 29,
    multiplications: 64,
    comparisons: 256 + 192 + 9,
    exponentials: 10,
    divisions: 74,
  });
});
