import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { inferPointwise } from "./pointwise.ts";
import { isFeatureMap } from "./shape.ts";

/**
 * Divides each value by the strength of its neighbours across the channels (Krizhevsky et al. 2012), with TensorFlow's
 * names: `value / (bias + alpha · sum of squares over 2·depthRadius + 1 channels) ^ beta`.
 */
export const localResponseNormalization = defineLayer({
  type: "localResponseNormalization",
  title: "LocalResponseNormalization",
  category: "normalization",
  summary: "Damps a value where the channels beside it are strong.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    depthRadius: {
      kind: "integer",
      minimum: 0,
      default: 5,
      description: "Channels on each side that count.",
    },
    bias: { kind: "number", default: 1, description: "Added to the sum of squares." },
    alpha: { kind: "number", default: 1, description: "Factor of the sum of squares." },
    beta: { kind: "number", default: 0.5, description: "Exponent of the divisor." },
  },
  infer([input]) {
    return input !== undefined && isFeatureMap(input)
      ? inferPointwise(input)
      : needsFeatureMap(input);
  },
});
