import type { Initializer, Weight } from "../core/layers/layer.ts";
import { sizeOf } from "../core/layers/shape.ts";
import type { WeightVariable } from "./graph/trainingGraph.ts";
import { type Random, normalFrom, randomFrom, seedFor } from "./random.ts";

/** Values that a training starts from, in the order of the weights; each weight has random numbers of its own. */
export function initialWeights(
  weights: readonly WeightVariable[],
  seed: number,
): readonly Float32Array[] {
  return weights.map(({ name, weight }) => {
    const draw = initializers[weight.initializer](weight, randomFrom(seedFor(seed, name)));
    return Float32Array.from({ length: sizeOf(weight.shape) }, draw);
  });
}

type Draw = () => number;

// Keras truncates normal initialisers at two deviations, which leaves this share of the deviation.
const truncatedDeviation = 0.879_625_661_034_239_8;

const initializers: Readonly<Record<Initializer, (weight: Weight, random: Random) => Draw>> = {
  zeros: () => () => 0,
  ones: () => () => 1,
  glorotUniform: (weight, random) =>
    uniform(Math.sqrt(6 / (fanIn(weight) + fanOut(weight))), random),
  glorotNormal: (weight, random) => normal(Math.sqrt(2 / (fanIn(weight) + fanOut(weight))), random),
  heUniform: (weight, random) => uniform(Math.sqrt(6 / fanIn(weight)), random),
  heNormal: (weight, random) => normal(Math.sqrt(2 / fanIn(weight)), random),
};

const uniform =
  (limit: number, random: Random): Draw =>
  () =>
    (2 * random() - 1) * limit;

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

const fanIn = ({ fans, shape }: Weight): number => fans?.[0] ?? shape[0] ?? 1;
const fanOut = ({ fans, shape }: Weight): number => fans?.[1] ?? shape.at(-1) ?? 1;
