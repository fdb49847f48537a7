import type { Weight } from "./layer.ts";

/** Multiplying weights of one layer; `fans` are the inputs and outputs of one unit. */
export function kernelWeight(
  shape: readonly number[],
  fanIn: number,
  fanOut: number,
  name = "kernel",
): Weight {
  return { name, shape, trainable: true, initializer: "glorotUniform", fans: [fanIn, fanOut] };
}

/** One added number for each of `units` outputs, or no weight at all where there is no bias. */
export function biasWeight(units: number, useBias: boolean): readonly Weight[] {
  return useBias ? [{ name: "bias", shape: [units], trainable: true, initializer: "zeros" }] : [];
}
