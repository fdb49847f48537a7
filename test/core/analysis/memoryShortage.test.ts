import { expect, it } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { memoryShortage } from "../../../src/core/analysis/memoryShortage.ts";

const text = JSON.stringify({
  version: 1,
  name: "large",
  nodes: {
    image: { type: "input", shape: [64, 64, 3] },
    c1: { type: "conv2d", from: "image", filters: 64, kernelSize: 3, padding: "same" },
    pool: { type: "globalAveragePooling2d", from: "c1" },
    output: { type: "dense", from: "pool", units: 10, activation: "softmax" },
  },
  training: { dataset: "synthetic", batchSize: 96 },
});

it("finds the batch that fits by halving, and says where none does", () => {
  const { network, parsed, analysis } = analyzeText(text);
  const recipe = parsed.design.training!;
  const { training: needed } = analysis.memory;
  const shortage = (available: number) =>
    memoryShortage(network, analysis.totals.parameters, recipe, available);
  expect([
    shortage(needed),
    shortage(needed - 1),
    shortage(needed / 2.1),
    shortage(needed / 90),
    shortage(1000),
  ]).toEqual([
    undefined,
    { needed, batchSize: 96, fittingBatch: 48 },
    { needed, batchSize: 96, fittingBatch: 24 },
    { needed, batchSize: 96, fittingBatch: 1 },
    { needed, batchSize: 96 },
  ]);
});
