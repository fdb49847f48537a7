import { describe, expect, it } from "vitest";
import type { Initializer } from "../../src/core/layers/layer.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";

const fans = [300, 100] as const;
const weight = (name: string, initializer: Initializer) => ({
  name,
  shape: [300, 100],
  weight: { name: "kernel", shape: [300, 100], trainable: true, initializer, fans },
});

function moments(values: Float32Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square) };
}

describe("initialWeights", () => {
  // Glorot and Bengio 2010: variance 2 / (fanIn + fanOut); He et al. 2015: 2 / fanIn.
  it.each<readonly [Initializer, number]>([
    ["glorotUniform", Math.sqrt(2 / 400)],
    ["glorotNormal", Math.sqrt(2 / 400)],
    ["heUniform", Math.sqrt(2 / 300)],
    ["heNormal", Math.sqrt(2 / 300)],
  ])("%s has the deviation of its formula", (initializer, expected) => {
    const [values] = initialWeights([weight("a/kernel", initializer)], 1);
    const { mean, deviation } = moments(values!);
    expect(Math.abs(mean)).toBeLessThan(0.02 * expected);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.02);
  });

  it("stays within the limits of the uniform ones", () => {
    const [values] = initialWeights([weight("a/kernel", "glorotUniform")], 1);
    const limit = Math.sqrt(6 / 400);
    expect(Math.max(...values!.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...values!.map(Math.abs))).toBeGreaterThan(0.99 * limit);
  });

  it("fills zeros and ones", () => {
    const values = initialWeights([weight("a", "zeros"), weight("b", "ones")], 1);
    expect(values.map((list) => new Set(list))).toEqual([new Set([0]), new Set([1])]);
  });

  it("draws the same from the same seed, and other numbers for another seed or weight", () => {
    const draw = (name: string, seed: number) =>
      initialWeights([weight(name, "heNormal")], seed)[0]!;
    expect(draw("a/kernel", 1)).toEqual(draw("a/kernel", 1));
    expect(draw("a/kernel", 1)).not.toEqual(draw("a/kernel", 2));
    expect(draw("a/kernel", 1)).not.toEqual(draw("b/kernel", 1));
  });
});
