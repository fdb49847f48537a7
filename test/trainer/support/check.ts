import type { EngineSession } from "../../../src/trainer/engines/engine.ts";
import type { WeightVariable } from "../../../src/trainer/graph/trainingGraph.ts";
import { normalFrom, randomFrom } from "../../../src/trainer/random.ts";

/** A batch of random images and labels. */
export function randomBatch(
  imageSize: number,
  classes: number,
  size: number,
): { readonly images: Float32Array; readonly labels: Float32Array; readonly size: number } {
  const next = normalFrom(randomFrom(7));
  const labels = new Float32Array(size * classes);
  for (let example = 0; example < size; example += 1) {
    labels[example * classes + (example % classes)] = 1;
  }
  return { size, labels, images: Float32Array.from({ length: size * imageSize }, () => next()) };
}

/** Weights that leave no part idle: also biases, shifts and scales are random. */
export function randomWeights(variables: readonly WeightVariable[]): readonly Float32Array[] {
  const next = normalFrom(randomFrom(11));
  return variables.map(({ shape, weight }) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const fanIn = weight.fans?.[0];
    return Float32Array.from({ length: count }, () =>
      fanIn === undefined
        ? (weight.initializer === "ones" ? 1 : 0) + 0.2 * next()
        : next() / Math.sqrt(fanIn),
    );
  });
}

/** Largest difference relative to the largest value; a gradient below a thousandth is as good as zero. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  let [difference, largest] = [0, 0];
  for (const [index, value] of expected.entries()) {
    difference = Math.max(difference, Math.abs(value - (actual[index] ?? NaN)));
    largest = Math.max(largest, Math.abs(value));
  }
  return Number.isNaN(difference) ? Infinity : difference / Math.max(largest, 1e-3);
}

/** Length of the difference of two gradients, as a share of the length of what is expected. */
export const distance = (actual: Float32Array, expected: Float32Array): number =>
  Math.hypot(...expected.map((value, at) => value - (actual[at] ?? NaN))) /
  Math.max(Math.hypot(...expected), 1e-3);

/** Tried in this order until one agrees: a kink of relu or max nearby asks for a smaller one. */
const steps = [0.02, 0.005, 0.001];
const directions = 2;
/** Largest error that counts as agreement; a wrong gradient is off by a tenth and more. */
export const tolerance = 0.03;

/**
 * Worst error of the gradient of each weight against central differences of the loss, along random directions and along
 * the gradient itself; relative to the slope that a gradient of that length has along a random direction.
 */
export async function differenceErrors(
  session: EngineSession,
  variables: readonly WeightVariable[],
  weights: readonly Float32Array[],
  batch: { readonly images: Float32Array; readonly labels: Float32Array; readonly size: number },
): Promise<Readonly<Record<string, number>>> {
  await session.setWeights(weights);
  const { gradients } = await session.gradients(batch, 1);
  const lossAlong = async (index: number, direction: Float32Array, step: number) => {
    await session.setWeights(
      weights.map((values, other) =>
        other === index ? values.map((value, at) => value + step * direction[at]!) : values,
      ),
    );
    return (await session.gradients(batch, 1)).loss;
  };
  const next = normalFrom(randomFrom(13));
  const errors: Record<string, number> = {};
  for (const [index, gradient] of gradients.entries()) {
    if (gradient === undefined) continue;
    const norm = Math.hypot(...gradient);
    const typical = Math.max(norm / Math.sqrt(gradient.length), 1e-3);
    const tried = [
      ...Array.from({ length: directions }, () => unit(gradient.map(() => next()))),
      ...(norm > 1e-3 ? [unit(gradient)] : []),
    ];
    for (const direction of tried) {
      const slope = gradient.reduce((sum, value, at) => sum + value * direction[at]!, 0);
      let error = Infinity;
      for (const step of steps) {
        const ahead = await lossAlong(index, direction, step);
        const behind = await lossAlong(index, direction, -step);
        const difference = Math.abs((ahead - behind) / (2 * step) - slope);
        error = Math.min(error, difference / Math.max(typical, Math.abs(slope)));
        if (error < tolerance / 10) break;
      }
      const { name } = variables[index]!;
      errors[name] = Math.max(errors[name] ?? 0, error);
    }
  }
  await session.setWeights(weights);
  return errors;
}

function unit(direction: Float32Array): Float32Array {
  const length = Math.hypot(...direction);
  return direction.map((value) => value / length);
}
