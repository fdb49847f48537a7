import { activations } from "../layers/activations.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

/** Squeeze and excitation (Hu et al. 2017, arXiv:1709.01507): scales each channel by what the whole map holds. */
export const squeezeExciteBlock = defineBlock({
  type: "squeezeExciteBlock",
  title: "Squeeze-Excite Block",
  category: "block",
  summary: "Scales each channel by a weight computed from the whole map.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: { kind: "integer", minimum: 1, description: "Channels of the narrow layer inside." },
    activation: {
      kind: "choice",
      values: activations,
      default: "relu",
      description: "Function after the narrow layer.",
    },
    gate: {
      kind: "choice",
      values: activations,
      default: "sigmoid",
      description: "Function that makes the scales.",
    },
  },
  expand([input], { filters, activation, gate }) {
    const chain = new FragmentChain();
    const channels = input?.at(-1) ?? 1;
    chain.add("pool", "globalAveragePooling2d", { keepDimensions: true });
    chain.add("squeeze", "conv2d", { filters, kernelSize: 1, activation });
    chain.add("excite", "conv2d", { filters: channels, kernelSize: 1, activation: gate });
    chain.add("scale", "multiply", {}, ["input", "excite"]);
    return { nodes: chain.nodes, output: chain.last };
  },
});
