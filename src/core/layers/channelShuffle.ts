import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { inferPointwise } from "./pointwise.ts";
import { isFeatureMap } from "./shape.ts";

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
      : { misfit: `${input[2]} channels cannot be split into ${groups} groups`, option: "groups" };
  },
});
