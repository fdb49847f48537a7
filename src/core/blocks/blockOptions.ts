import { activationOption } from "../layers/activations.ts";
import { trainableOption } from "../layers/trainableOption.ts";

/** What every block has beside its own options, also one that the file defines. */
export const commonBlockOptions = {
  trainable: {
    ...trainableOption,
    description:
      "Off: the weights of all layers inside stay as they are, and batch normalizations use their averages.",
  },
} as const;

/** Epsilon of the batch normalizations in a block; Keras' default. */
export const epsilonOption = {
  kind: "number",
  exclusiveMinimum: 0,
  default: 0.001,
  description: "Epsilon of the batch normalizations.",
} as const;

/** The activation of a block. */
export const reluOption = { ...activationOption, default: "relu" } as const;
