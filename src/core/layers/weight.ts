import type { Initializer, Weight } from "./layer.ts";
import type { Regularizer } from "./option.ts";

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

/** Options of a layer about its multiplying weights. */
export interface KernelOptions {
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer?: Regularizer;
}

/** Options of a layer about its added numbers. */
export interface BiasOptions {
  readonly useBias: boolean;
  readonly biasInitializer?: Initializer;
}

/** Multiplying weights of one layer under Keras' name for them. */
export function kernelWeight(
  shape: readonly number[],
  fans: Fans,
  { kernelInitializer, kernelRegularizer }: KernelOptions,
  name = "kernel",
): Weight {
  const weight = { name, shape, trainable: true, initializer: kernelInitializer, fans };
  return kernelRegularizer === undefined || isIdle(kernelRegularizer)
    ? weight
    : { ...weight, regularizer: kernelRegularizer };
}

const isIdle = ({ l1, l2 }: Regularizer): boolean => l1 === 0 && l2 === 0;

/** One added number for each of `units` outputs, or no weight at all where there is no bias. */
export function biasWeight(
  units: number,
  { useBias, biasInitializer = "zeros" }: BiasOptions,
): readonly Weight[] {
  const bias = { name: "bias", shape: [units], trainable: true, initializer: biasInitializer };
  return useBias ? [bias] : [];
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
