import { expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { fieldPath } from "../../../src/core/analysis/fieldPath.ts";
import { initialSpread } from "../../../src/core/analysis/initialSpread.ts";

const { analysis, network } = analyzeText(`{
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 6, "kernelSize": 5, "padding": "same" },
    "norm": { "type": "batchNormalization", "from": "c1" },
    "s2": { "type": "averagePooling2d", "from": "norm", "poolSize": 2 },
    "near": { "type": "conv2d", "from": "s2", "filters": 8, "kernelSize": 1, "kernelInitializer": "heNormal" },
    "far": { "type": "conv2d", "from": "s2", "filters": 8, "kernelSize": 3, "padding": "same" },
    "join": { "type": "add", "from": ["near", "far"] }
  }
}`);

test("the window grows along the branch that sees most, and only where it changes", () => {
  expect(fieldPath(analysis, "join").map(({ layer, field }) => [layer, ...field.size])).toEqual([
    ["image", 1, 1],
    ["c1", 5, 5],
    ["s2", 6, 6],
    ["far", 10, 10],
  ]);
});

test("an initialiser is written with the fans of its layer", () => {
  const [kernel, bias] = network.byId.get("near")?.inference?.weights ?? [];
  expect(kernel && initialSpread(kernel)).toEqual({
    distribution: "normal",
    // He et al. 2015: the variance is 2 / fanIn.
    value: Math.sqrt(2 / 6),
    formula: "√(2 / 6) = 0.577",
  });
  expect(bias && initialSpread(bias)).toEqual({ distribution: "constant", value: 0, formula: "" });
});
