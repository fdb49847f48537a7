import { initialSpread } from "../core/analysis/initialSpread.ts";
import type { Weight } from "../core/layers/layer.ts";
import { sizeOf } from "../core/layers/shape.ts";
import type { WeightVariable } from "./graph/trainingGraph.ts";
import { type Random, normalFrom, randomFrom, seedFor } from "./random.ts";

/** Values that a training starts from, in the order of the weights; each weight has random numbers of its own. */
export function initialWeights(
  weights: readonly WeightVariable[],
  seed: number,
): readonly Float32Array[] {
  return weights.map(({ name, weight }) => {
    const draw = drawing(weight, randomFrom(seedFor(seed, name)));
    return Float32Array.from({ length: sizeOf(weight.shape) }, draw);
  });
}

type Draw = () => number;

// Keras truncates normal initialisers at two deviations, which leaves this share of the deviation.
const truncatedDeviation = 0.879_625_661_034_239_8;

function drawing(weight: Weight, random: Random): Draw {
  const { distribution, value } = initialSpread(weight);
  switch (distribution) {
    case "constant":
      return () => value;
    case "uniform":
      return () => (2 * random() - 1) * value;
    case "normal":
      return normal(value, random);
  }
}

function normal(deviation: number, random: Random): Draw {
  const next = normalFrom(random);
  return () => {
    let value = next();
    while (Math.abs(value) > 2) {
      value = next();
    }
    return (value * deviation) / truncatedDeviation;
  };
}
