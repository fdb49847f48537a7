import { defineLayer } from "./layer.ts";

/** The image that enters the network, `[height, width, channels]`, or a vector `[length]`. */
export const input = defineLayer({
  type: "input",
  title: "Input",
  category: "input",
  summary: "The image that enters the network.",
  inputs: { minimum: 0, maximum: 0 },
  options: {
    shape: {
      kind: "shape",
      ranks: [3, 1],
      description: "Height, width and channels of an image, or the length of a vector.",
    },
  },
  infer(_inputs, options) {
    return { outputShape: options.shape, weights: [], macs: [], window: { type: "pointwise" } };
  },
});
