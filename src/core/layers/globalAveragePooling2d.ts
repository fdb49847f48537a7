import { defineLayer } from "./layer.ts";
import { inferGlobalPooling } from "./pooling.ts";
import { keepDimensionsOption } from "./poolingOptions.ts";

/** Mean of each channel over the whole map. */
export const globalAveragePooling2d = defineLayer({
  type: "globalAveragePooling2d",
  title: "GlobalAveragePooling2D",
  category: "pooling",
  summary: "Takes the mean of each channel over the whole map.",
  inputs: { minimum: 1, maximum: 1 },
  options: { keepDimensions: keepDimensionsOption },
  infer([input], { keepDimensions }) {
    return inferGlobalPooling(input, keepDimensions);
  },
});
