import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { inferPointwise } from "./pointwise.ts";
import { isFeatureMap } from "./shape.ts";

/** Sets whole channels to zero at random in training and scales the rest (Tompson et al. 2014). */
export const spatialDropout2d = defineLayer({
  type: "spatialDropout2d",
  title: "SpatialDropout2D",
  category: "normalization",
  summary: "Sets some whole channels to zero at random, in training only.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    rate: {
      kind: "number",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0.5,
      description: "Share of the channels that are set to zero.",
    },
  },
  infer([input]) {
    return input !== undefined && isFeatureMap(input)
      ? inferPointwise(input)
      : needsFeatureMap(input);
  },
});
