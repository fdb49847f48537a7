import { defineLayer } from "./layer.ts";
import { inferPooling } from "./pooling.ts";
import { poolingOptions } from "./poolingOptions.ts";

/** Largest value of each window; padding never wins. */
export const maxPooling2d = defineLayer({
  type: "maxPooling2d",
  title: "MaxPooling2D",
  category: "pooling",
  summary: "Keeps the largest value of each window.",
  inputs: { minimum: 1, maximum: 1 },
  options: poolingOptions,
  infer([input], options) {
    return inferPooling(input, options);
  },
});
