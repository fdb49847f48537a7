import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** Auxiliary classifier of GoogLeNet (arXiv:1409.4842): a second output in mid-network that strengthens the gradient. */
export const auxiliaryHead = defineBlock({
  type: "auxiliaryHead",
  title: "Auxiliary Head",
  category: "block",
  summary: "A second classifier in mid-network, for training only.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    units: { kind: "integer", minimum: 1, description: "Number of classes." },
    filters: {
      kind: "integer",
      minimum: 1,
      default: 128,
      description: "Filters of the 1 × 1 convolution.",
    },
    hiddenUnits: {
      kind: "integer",
      minimum: 1,
      default: 1024,
      description: "Units of the dense layer before the last.",
    },
    poolSize: {
      kind: "pair",
      minimum: 1,
      default: [5, 5],
      description: "Window of the average pooling.",
    },
    strides: {
      kind: "pair",
      minimum: 1,
      default: [3, 3],
      description: "Step of the average pooling.",
    },
    outputSize: {
      kind: "optionalPair",
      minimum: 1,
      default: null,
      description: "Pools to this size instead, whatever comes in (torchvision: 4).",
    },
    rate: {
      kind: "number",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0.7,
      description: "Dropout before the last layer; 0 leaves it out.",
    },
    normalization: {
      kind: "boolean",
      default: false,
      description: "Puts a batch normalization in place of the bias of the convolution.",
    },
    epsilon: epsilonOption,
    activation: reluOption,
  },
  expand(_inputs, options) {
    const { units, filters, hiddenUnits, poolSize, strides, outputSize } = options;
    const { rate, normalization, epsilon, activation } = options;
    const chain = new FragmentChain();
    if (outputSize === null) chain.add("pool", "averagePooling2d", { poolSize, strides });
    else chain.add("pool", "adaptiveAveragePooling2d", { outputSize });
    if (normalization) {
      chain.add("conv", "conv2d", { filters, kernelSize: 1, useBias: false });
      chain.add("bn", "batchNormalization", { epsilon });
      chain.activate(activation, activation);
    } else {
      chain.add("conv", "conv2d", { filters, kernelSize: 1, activation });
    }
    chain.add("flatten", "flatten");
    chain.add("hidden", "dense", { units: hiddenUnits, activation });
    if (rate > 0) chain.add("dropout", "dropout", { rate });
    chain.add("output", "dense", { units, activation: "softmax" });
    return { nodes: chain.nodes, output: "output" };
  },
});
