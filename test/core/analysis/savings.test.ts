import { describe, expect, test } from "vitest";
import type { Saving } from "../../../src/core/analysis/analysis.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { designOf } from "../designOf.ts";

const sum = (savings: readonly Saving[], which: "plain" | "actual", what: "parameters" | "macs") =>
  savings.reduce((total, saving) => total + saving[which][what], 0);

const conv = (from: string, filters: number, kernelSize: unknown, more = {}) => ({
  type: "conv2d",
  from,
  filters,
  kernelSize,
  padding: "same",
  useBias: false,
  ...more,
});

describe("savings", () => {
  test("the bottleneck of the course: 18,432 against 9,728, 47.2 % saved", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [56, 56, 32] },
      reduce: conv("image", 16, 1),
      conv: conv("reduce", 64, 3),
    });
    expect(analysis.savings).toEqual([
      {
        kind: "reduction",
        node: "conv",
        layers: ["reduce", "conv"],
        plain: { parameters: 18432, macs: 57802752, formula: "3·3·32·64 = 18,432" },
        actual: {
          parameters: 9728,
          macs: 30507008,
          formula: "1·1·32·16 + 3·3·16·64 = 9,728",
        },
      },
    ]);
    const [saving] = analysis.savings;
    const saved = 1 - saving!.actual.parameters / saving!.plain.parameters;
    expect((100 * saved).toFixed(1)).toBe("47.2");
  });

  test("the residual bottleneck at 256 channels: 1,179,648 against 69,632", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [14, 14, 256] },
      unit: { type: "residualBlock", from: "image", filters: 64, bottleneck: true },
    });
    expect(analysis.savings).toMatchObject([
      {
        kind: "bottleneck",
        node: "unit",
        layers: ["unit/conv1", "unit/conv2", "unit/conv3"],
        plain: { parameters: 1179648, macs: 1179648 * 196 },
        actual: { parameters: 69632, macs: 69632 * 196 },
      },
    ]);
  });

  test("groups, depthwise separable and factorized convolutions", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [10, 10, 8] },
      grouped: conv("image", 16, 3, { groups: 4 }),
      depthwise: {
        type: "depthwiseConv2d",
        from: "grouped",
        kernelSize: 3,
        padding: "same",
        useBias: false,
      },
      bn: { type: "batchNormalization", from: "depthwise" },
      pointwise: conv("bn", 32, 1),
      row: conv("pointwise", 32, [1, 7]),
      column: conv("row", 24, [7, 1]),
      separable: { type: "separableConv2d", from: "column", filters: 12, kernelSize: 5 },
    });
    expect(
      analysis.savings.map(({ kind, node, plain, actual }) => [
        kind,
        node,
        plain.parameters,
        actual.parameters,
      ]),
    ).toEqual([
      ["grouped", "grouped", 9 * 8 * 16, (9 * 8 * 16) / 4],
      ["depthwiseSeparable", "pointwise", 9 * 16 * 32, 9 * 16 + 16 * 32],
      ["factorized", "column", 49 * 32 * 24, 7 * 32 * 32 + 7 * 32 * 24],
      ["depthwiseSeparable", "separable", 25 * 24 * 12, 25 * 24 + 24 * 12],
    ]);
  });

  test("a layer that two others read, or that widens, saves nothing", () => {
    const { analysis } = designOf({
      image: { type: "input", shape: [10, 10, 8] },
      shared: conv("image", 4, 1),
      one: conv("shared", 8, 3),
      other: conv("shared", 8, 3),
      wide: conv("one", 16, 1),
      last: conv("wide", 8, 3),
    });
    expect(analysis.savings).toEqual([]);
  });

  test.each(zoo.map((network) => [network.id, network] as const))(
    "%s: no layer counts twice, and what stands here is what is there",
    (_id, network) => {
      const { analysis } = analyzeText(zooText(network));
      const layers = analysis.savings.flatMap((saving) => saving.layers);
      expect(new Set(layers).size).toBe(layers.length);
      const macs = layers.reduce((total, id) => total + analysis.layerById.get(id)!.macs, 0);
      expect(sum(analysis.savings, "actual", "macs")).toBe(macs);
      expect(sum(analysis.savings, "actual", "parameters")).toBeLessThanOrEqual(
        analysis.totals.parameters.total,
      );
    },
  );

  test("GoogLeNet saves two reductions in each of its nine modules, and one in its stem never", () => {
    const network = zoo.find(({ id }) => id === "googlenet")!;
    const { analysis } = analyzeText(zooText(network));
    expect(analysis.savings.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 18 }, () => "reduction"),
    );
  });
});
