import {
  depthMultiplierOption,
  filtersOption,
  kernelSizeOption,
  paddingOption,
  stridesOption,
} from "../layers/convolutionOptions.ts";
import type { Pair } from "../layers/option.ts";
import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";
import { readable } from "./readable.ts";

/** Depthwise and 1 × 1 convolution, each with normalization and activation (MobileNet, arXiv:1704.04861). */
export const depthwiseSeparableBlock = defineBlock({
  type: "depthwiseSeparableBlock",
  title: "Depthwise Separable Block",
  category: "block",
  summary: "Filters each channel by itself, then mixes the channels, normalized in between.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: filtersOption,
    kernelSize: { ...kernelSizeOption, default: [3, 3] },
    strides: { ...stridesOption, description: "Step in pixels; when repeated, of the first copy." },
    padding: { ...paddingOption, default: "same" },
    depthMultiplier: depthMultiplierOption,
    epsilon: epsilonOption,
    activation: reluOption,
  },
  expand(_inputs, options, { isFirst }) {
    const { filters, kernelSize, padding, depthMultiplier, epsilon, activation } = options;
    const strides: Pair = isFirst ? options.strides : [1, 1];
    const chain = new FragmentChain();
    chain.add("depthwise", "depthwiseConv2d", {
      kernelSize,
      strides,
      padding: readable(padding),
      depthMultiplier,
      useBias: false,
    });
    chain.add("bn1", "batchNormalization", { epsilon });
    chain.activate(`${activation}1`, activation);
    chain.add("pointwise", "conv2d", { filters, kernelSize: 1, useBias: false });
    chain.add("bn2", "batchNormalization", { epsilon });
    chain.activate(`${activation}2`, activation);
    return { nodes: chain.nodes, output: chain.last };
  },
});
