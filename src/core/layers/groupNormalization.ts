import { defineLayer } from "./layer.ts";
import { normalizationOptions } from "./normalizationOptions.ts";
import { affineWeights } from "./weight.ts";
import { trainableOption } from "./trainableOption.ts";
import { t } from "../text/t.ts";

/**
 * Normalises groups of channels over the whole map (Wu and He 2018). Its statistics see the whole map; for the
 * receptive field it counts as pointwise, like every normalisation.
 */
export const groupNormalization = defineLayer({
  type: "groupNormalization",
  title: "GroupNormalization",
  category: "normalization",
  summary: "Brings each group of channels of an image to mean 0 and variance 1.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    groups: {
      kind: "integer",
      minimum: 1,
      default: 32,
      description: "Number of groups that the channels are split into.",
    },
    ...normalizationOptions,
    trainable: trainableOption,
  },
  infer([input], options) {
    const channels = input?.at(-1);
    if (input === undefined || channels === undefined) return { misfit: t("needs an input") };
    if (channels % options.groups !== 0) {
      return {
        misfit: t("{0} channels cannot be split into {1} groups", channels, options.groups),
        option: "groups",
      };
    }
    return {
      outputShape: input,
      weights: affineWeights(channels, options),
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
