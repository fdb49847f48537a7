import type { LayerStatistics, TrainerEvent } from "../protocol/trainer.ts";

type LayersEvent = TrainerEvent & { readonly type: "layers" };

/** Lengths of gradients that nothing is learnt from, and that end in numbers that are not finite. */
const tooShort = 1e-7;
const tooLong = 1e3;

/** What a measured step says of each layer, or nothing where a norm is not finite. */
export function layersEvent(
  measured: readonly string[],
  statistics: Float32Array,
  step: number,
): LayersEvent | undefined {
  const squares = new Map<string, [gradient: number, weight: number, change: number]>();
  for (const [index, name] of measured.entries()) {
    const layer = name.slice(0, name.lastIndexOf("/"));
    const sums = squares.get(layer) ?? [0, 0, 0];
    for (const part of [0, 1, 2] as const) {
      sums[part] += (statistics[3 * index + part] ?? 0) ** 2;
    }
    squares.set(layer, sums);
  }
  const layers = [...squares].map(([layer, [gradient, weight, change]]): LayerStatistics => ({
    layer,
    gradientNorm: Math.sqrt(gradient),
    weightNorm: Math.sqrt(weight),
    updateRatio: weight === 0 ? 0 : Math.sqrt(change / weight),
  }));
  if (
    !layers.every(({ gradientNorm, updateRatio }) => Number.isFinite(gradientNorm + updateRatio))
  ) {
    return undefined;
  }
  const warning = warningOf(layers);
  return { type: "layers", step, layers, ...(warning && { warning }) };
}

function warningOf(layers: readonly LayerStatistics[]): LayersEvent["warning"] {
  const exploding = layers.find(({ gradientNorm }) => gradientNorm > tooLong);
  if (exploding !== undefined) return { kind: "exploding", layer: exploding.layer };
  const vanishing = layers.find(({ gradientNorm }) => gradientNorm < tooShort);
  return vanishing && { kind: "vanishing", layer: vanishing.layer };
}
