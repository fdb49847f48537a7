import { defineLayer } from "./layer.ts";
import { normalizationOptions } from "./normalizationOptions.ts";
import { affineWeights } from "./weight.ts";
import { trainableOption } from "./trainableOption.ts";
import { t } from "../text/t.ts";

/**
 * Normalises each channel by the mean and variance of the mini-batch (Ioffe and Szegedy 2015), and by moving
 * averages in inference. Two vectors are trained (`gamma`, `beta`), two are counted apart (`movingMean`, `movingVariance`).
 */
export const batchNormalization = defineLayer({
  type: "batchNormalization",
  title: "BatchNormalization",
  category: "normalization",
  summary: "Brings each channel to mean 0 and variance 1, then scales and shifts it.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    momentum: {
      kind: "number",
      minimum: 0,
      maximum: 1,
      default: 0.99,
      description: "Share of the old value in each step of the moving averages.",
    },
    ...normalizationOptions,
    trainable: trainableOption,
  },
  infer([input], options) {
    const channels = input?.at(-1);
    if (input === undefined || channels === undefined) return { misfit: t("needs an input") };
    const shape = [channels];
    return {
      outputShape: input,
      weights: [
        ...affineWeights(channels, options),
        { name: "movingMean", shape, trainable: false, initializer: "zeros" },
        { name: "movingVariance", shape, trainable: false, initializer: "ones" },
      ],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
