import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** Options of a dense unit, which a dense block hands on. */
export const denseUnitOptions = {
  growthRate: {
    kind: "integer",
    minimum: 1,
    description: "Channels that each layer adds (k).",
  },
  bottleneck: {
    kind: "boolean",
    default: true,
    description:
      "A 1 × 1 convolution to a multiple of the growth rate before each 3 × 3 (DenseNet-B).",
  },
  bottleneckWidth: {
    kind: "integer",
    minimum: 1,
    default: 4,
    description: "Channels of the bottleneck as a multiple of the growth rate.",
  },
  dropoutRate: {
    kind: "number",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    description: "Dropout behind each convolution; 0 leaves it out.",
  },
  epsilon: epsilonOption,
  activation: reluOption,
} as const;

/** One layer of a dense block: its input with `growthRate` new channels behind it. */
export const denseUnit = defineBlock({
  type: "denseUnit",
  title: "Dense Unit",
  category: "block",
  summary: "Lays new channels behind its input.",
  inputs: { minimum: 1, maximum: 1 },
  isInternal: true,
  options: denseUnitOptions,
  expand(_inputs, options) {
    const { growthRate, bottleneck, bottleneckWidth, dropoutRate, epsilon, activation } = options;
    const chain = new FragmentChain();
    const convolve = (index: number, filters: number, kernelSize: number) => {
      chain.add(`bn${index}`, "batchNormalization", { epsilon });
      chain.activate(`${activation}${index}`, activation);
      chain.add(`conv${index}`, "conv2d", { filters, kernelSize, padding: "same", useBias: false });
      if (dropoutRate > 0) chain.add(`dropout${index}`, "dropout", { rate: dropoutRate });
    };
    if (bottleneck) convolve(1, bottleneckWidth * growthRate, 1);
    convolve(bottleneck ? 2 : 1, growthRate, 3);
    chain.add("output", "concatenate", {}, ["input", chain.last]);
    return { nodes: chain.nodes, output: "output" };
  },
});
