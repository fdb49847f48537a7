import { activationOption } from "../layers/activations.ts";

/** Epsilon of the batch normalizations in a block; Keras' default. */
export const epsilonOption = {
  kind: "number",
  exclusiveMinimum: 0,
  default: 0.001,
  description: "Epsilon of the batch normalizations.",
} as const;

/** The activation of a block. */
export const reluOption = { ...activationOption, default: "relu" } as const;
