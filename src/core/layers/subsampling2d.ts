import { activationOption } from "./activations.ts";
import { defineLayer, isMisfit } from "./layer.ts";
import { inferPooling } from "./pooling.ts";
import { poolingOptions } from "./poolingOptions.ts";
import { trainableOption } from "./trainableOption.ts";

/** Trainable subsampling (LeCun et al. 1998): the sum of each window times a coefficient plus a bias, one of each a channel. */
export const subsampling2d = defineLayer({
  type: "subsampling2d",
  title: "Subsampling2D",
  category: "pooling",
  summary: "Sums each window, then scales and shifts the sum by trained numbers.",
  inputs: { minimum: 1, maximum: 1 },
  options: { ...poolingOptions, activation: activationOption, trainable: trainableOption },
  infer([input], options) {
    const inference = inferPooling(input, options);
    if (isMisfit(inference)) return inference;
    const shape = [inference.outputShape.at(-1) ?? 0];
    return {
      ...inference,
      weights: [
        { name: "coefficient", shape, trainable: true, initializer: "ones" },
        { name: "bias", shape, trainable: true, initializer: "zeros" },
      ],
    };
  },
});
