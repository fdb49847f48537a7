import { initializers } from "./weight.ts";

/** Options that convolutions share, with Keras' names and defaults. */
export const filtersOption = {
  kind: "integer",
  minimum: 1,
  description: "Number of output channels.",
} as const;

export const kernelSizeOption = {
  kind: "pair",
  minimum: 1,
  description: "Height and width of the filter in pixels.",
} as const;

export const stridesOption = {
  kind: "pair",
  minimum: 1,
  default: [1, 1],
  description: "Step of the window in pixels.",
} as const;

export const paddingOption = {
  kind: "padding",
  default: "valid",
  description: "Pixels added around the image.",
} as const;

export const dilationRateOption = {
  kind: "pair",
  minimum: 1,
  default: [1, 1],
  description: "Distance between the taps of the filter.",
} as const;

export const useBiasOption = {
  kind: "boolean",
  default: true,
  description: "Adds one trainable number to every output channel.",
} as const;

export const kernelInitializerOption = {
  kind: "choice",
  values: initializers,
  default: "glorotUniform",
  description: "How the weights start: Glorot (Xavier) for tanh and sigmoid, He for ReLU.",
} as const;

export const biasInitializerOption = {
  kind: "choice",
  values: initializers,
  default: "zeros",
  description: "How the biases start.",
} as const;

export const kernelRegularizerOption = {
  kind: "regularizer",
  default: { l1: 0, l2: 0 },
  description:
    "Adds l1 · Σ|w| + l2 · Σw² over the kernel's weights to the loss, which keeps them small; biases are left alone.",
} as const;

export const depthMultiplierOption = {
  kind: "integer",
  minimum: 1,
  default: 1,
  description: "Filters for each input channel.",
} as const;
