import { defineLayer } from "./layer.ts";
import { normalizationOptions } from "./normalizationOptions.ts";
import { trainableOption } from "./trainableOption.ts";
import { affineWeights } from "./weight.ts";
import { t } from "../text/t.ts";

/** Normalises the channels of each position by their own mean and variance (Ba et al. 2016), as Keras does by default. */
export const layerNormalization = defineLayer({
  type: "layerNormalization",
  title: "LayerNormalization",
  category: "normalization",
  summary: "Brings the channels of each position to mean 0 and variance 1.",
  inputs: { minimum: 1, maximum: 1 },
  options: { ...normalizationOptions, trainable: trainableOption },
  infer([input], options) {
    const channels = input?.at(-1);
    if (input === undefined || channels === undefined) return { misfit: t("needs an input") };
    return {
      outputShape: input,
      weights: affineWeights(channels, options),
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
