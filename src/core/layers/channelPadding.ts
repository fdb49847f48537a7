import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { isFeatureMap } from "./shape.ts";

/** Adds channels of zeros, as the parameter-free shortcut of residual networks does (option A of He et al. 2015). */
export const channelPadding = defineLayer({
  type: "channelPadding",
  title: "ChannelPadding",
  category: "shape",
  summary: "Adds channels of zeros.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    before: { kind: "integer", minimum: 0, default: 0, description: "Channels added in front." },
    after: { kind: "integer", minimum: 0, default: 0, description: "Channels added behind." },
  },
  infer([input], { before, after }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const [height, width, channels] = input;
    return {
      outputShape: [height, width, before + channels + after],
      weights: [],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
