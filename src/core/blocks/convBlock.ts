import {
  dilationRateOption,
  filtersOption,
  kernelSizeOption,
  paddingOption,
  stridesOption,
} from "../layers/convolutionOptions.ts";
import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";
import { readable } from "./readable.ts";

/** Convolution, batch normalization and activation as one part, in either order. */
export const convBlock = defineBlock({
  type: "convBlock",
  title: "Conv Block",
  category: "block",
  summary: "Convolution, normalization and activation as one part.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: filtersOption,
    kernelSize: { ...kernelSizeOption, default: [3, 3] },
    strides: stridesOption,
    padding: { ...paddingOption, default: "same" },
    dilationRate: dilationRateOption,
    groups: {
      kind: "integer",
      minimum: 1,
      default: 1,
      description: "Channels are split into this many separate convolutions.",
    },
    normalization: {
      kind: "boolean",
      default: true,
      description: "Normalizes between convolution and activation.",
    },
    scale: { kind: "boolean", default: true, description: "Trains a scale in the normalization." },
    epsilon: epsilonOption,
    activation: reluOption,
    order: {
      kind: "choice",
      values: ["convolutionFirst", "activationFirst"],
      default: "convolutionFirst",
      description: "Normalization and activation after the convolution, or before it.",
    },
    useBias: {
      kind: "boolean",
      default: false,
      description: "Adds a bias to the convolution; a normalization after it makes it useless.",
    },
  },
  expand(_inputs, options) {
    const { normalization, activation, epsilon, scale, order } = options;
    const { filters, kernelSize, strides, padding, dilationRate, groups, useBias } = options;
    const chain = new FragmentChain();
    const convolve = () =>
      chain.add("conv", "conv2d", {
        filters,
        kernelSize,
        strides,
        padding: readable(padding),
        dilationRate,
        groups,
        useBias,
      });
    if (order === "convolutionFirst") convolve();
    if (normalization) chain.add("bn", "batchNormalization", { epsilon, scale });
    chain.activate(activation, activation);
    if (order === "activationFirst") convolve();
    return { nodes: chain.nodes, output: chain.last };
  },
});
