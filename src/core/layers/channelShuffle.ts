import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { inferPointwise } from "./pointwise.ts";
import { isFeatureMap } from "./shape.ts";
import { t } from "../text/t.ts";

/** Deals the channels of each group out over all groups (ShuffleNet, Zhang et al. 2017, arXiv:1707.01083). */
export const channelShuffle = defineLayer({
  type: "channelShuffle",
  title: "ChannelShuffle",
  category: "shape",
  summary: "Deals the channels of each group out over all groups.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    groups: { kind: "integer", minimum: 1, description: "Number of groups of channels." },
  },
  infer([input], { groups }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    return input[2] % groups === 0
      ? inferPointwise(input)
      : {
          misfit: t("{0} channels cannot be split into {1} groups", input[2], groups),
          option: "groups",
        };
  },
});
