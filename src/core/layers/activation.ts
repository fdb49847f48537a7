import { activations } from "./activations.ts";
import { defineLayer } from "./layer.ts";
import { inferPointwise } from "./pointwise.ts";

/** A function applied to every value; `softmax` runs over the channels. */
export const activation = defineLayer({
  type: "activation",
  title: "Activation",
  category: "activation",
  summary: "Applies a function to every value.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    activation: {
      kind: "choice",
      values: activations,
      default: "relu",
      description: "Function applied to every value.",
    },
  },
  infer([input]) {
    return inferPointwise(input);
  },
});
