import { defineLayer } from "./layer.ts";
import { inferGlobalPooling } from "./pooling.ts";
import { keepDimensionsOption } from "./poolingOptions.ts";

/** Largest value of each channel over the whole map. */
export const globalMaxPooling2d = defineLayer({
  type: "globalMaxPooling2d",
  title: "GlobalMaxPooling2D",
  category: "pooling",
  summary: "Keeps the largest value of each channel over the whole map.",
  inputs: { minimum: 1, maximum: 1 },
  options: { keepDimensions: keepDimensionsOption },
  infer([input], { keepDimensions }) {
    return inferGlobalPooling(input, keepDimensions);
  },
});
