import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** Transition between dense blocks (arXiv:1608.06993): a 1 × 1 convolution to a share of the channels and a 2 × 2 mean. */
export const transitionBlock = defineBlock({
  type: "transitionBlock",
  title: "Transition Block",
  category: "block",
  summary: "Narrows and halves the map between dense blocks.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    compression: {
      kind: "number",
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.5,
      description: "Share of the channels that is kept, rounded down (θ).",
    },
    dropoutRate: {
      kind: "number",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0,
      description: "Dropout behind the convolution; 0 leaves it out.",
    },
    epsilon: epsilonOption,
    activation: reluOption,
  },
  expand([input], { compression, dropoutRate, epsilon, activation }) {
    // A tenth of a hundred must not become nine by rounding in binary.
    const filters = Math.max(1, Math.floor(compression * (input?.at(-1) ?? 1) + 1e-9));
    const chain = new FragmentChain();
    chain.add("bn", "batchNormalization", { epsilon });
    chain.activate(activation, activation);
    chain.add("conv", "conv2d", { filters, kernelSize: 1, useBias: false });
    if (dropoutRate > 0) chain.add("dropout", "dropout", { rate: dropoutRate });
    chain.add("pool", "averagePooling2d", { poolSize: 2 });
    return { nodes: chain.nodes, output: chain.last };
  },
});
