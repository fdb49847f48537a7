import type { Initializer, Weight } from "./layer.ts";

/** How the multiplying weights of a layer start. */
export const initializers = [
  "glorotUniform",
  "glorotNormal",
  "heUniform",
  "heNormal",
  "zeros",
  "ones",
] as const satisfies readonly Initializer[];

/** Inputs and outputs of one unit, from which an initialiser takes its spread. */
export type Fans = readonly [fanIn: number, fanOut: number];

/** Multiplying weights of one layer under Keras' name for them. */
export function kernelWeight(
  shape: readonly number[],
  fans: Fans,
  initializer: Initializer = "glorotUniform",
  name = "kernel",
): Weight {
  return { name, shape, trainable: true, initializer, fans };
}

/** One added number for each of `units` outputs, or no weight at all where there is no bias. */
export function biasWeight(units: number, useBias: boolean): readonly Weight[] {
  return useBias ? [{ name: "bias", shape: [units], trainable: true, initializer: "zeros" }] : [];
}

/** `gamma` and `beta`, one number a channel each, as far as a normalization uses them. */
export function affineWeights(
  channels: number,
  { center, scale }: { readonly center: boolean; readonly scale: boolean },
): readonly Weight[] {
  const shape = [channels];
  const gamma = { name: "gamma", shape, trainable: true, initializer: "ones" } as const;
  const beta = { name: "beta", shape, trainable: true, initializer: "zeros" } as const;
  return [...(scale ? [gamma] : []), ...(center ? [beta] : [])];
}
