import { defineLayer } from "./layer.ts";
import { inferPooling } from "./pooling.ts";
import { poolingOptions } from "./poolingOptions.ts";

/** Mean of each window; without `countIncludePad` only real pixels are counted, as in Keras. */
export const averagePooling2d = defineLayer({
  type: "averagePooling2d",
  title: "AveragePooling2D",
  category: "pooling",
  summary: "Takes the mean of each window.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    ...poolingOptions,
    countIncludePad: {
      kind: "boolean",
      default: false,
      description: "Counts padded pixels as zeros in the mean.",
    },
  },
  infer([input], options) {
    return inferPooling(input, options);
  },
});
