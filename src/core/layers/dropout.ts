import { defineLayer } from "./layer.ts";
import { inferPointwise } from "./pointwise.ts";

/** Sets values to zero at random in training and scales the rest (Srivastava et al. 2014); nothing in inference. */
export const dropout = defineLayer({
  type: "dropout",
  title: "Dropout",
  category: "normalization",
  summary: "Sets some values to zero at random, in training only.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    rate: {
      kind: "number",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0.5,
      description: "Share of the values that are set to zero.",
    },
  },
  infer([input]) {
    return inferPointwise(input);
  },
});
