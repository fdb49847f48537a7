import { paddingOption } from "./convolutionOptions.ts";

/** Options of the pooling layers, with Keras' names and defaults; `ceilMode` as in PyTorch. */
export const poolingOptions = {
  poolSize: {
    kind: "pair",
    minimum: 1,
    default: [2, 2],
    description: "Height and width of the window in pixels.",
  },
  strides: {
    kind: "optionalPair",
    minimum: 1,
    default: null,
    description: "Step of the window in pixels; the pool size where it is left out.",
  },
  padding: paddingOption,
  ceilMode: {
    kind: "boolean",
    default: false,
    description: "Rounds the output size up, so that a last window may hang over the edge.",
  },
} as const;

/** Option of global poolings; Keras calls it `keepdims`. */
export const keepDimensionsOption = {
  kind: "boolean",
  default: false,
  description: "Leaves a map of 1 × 1 instead of a vector.",
} as const;
