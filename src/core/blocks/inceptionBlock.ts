import { activationOption } from "../layers/activations.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

const width = (description: string) =>
  ({ kind: "integer", minimum: 0, default: 0, description }) as const;

/**
 * Inception module (Szegedy et al. 2014, arXiv:1409.4842, figure 2): four views of the same map side by side.
 * With both reductions and the projection at 0 it is the naive module.
 */
export const inceptionBlock = defineBlock({
  type: "inceptionBlock",
  title: "Inception Block",
  category: "block",
  summary: "Sees the map with 1 × 1, 3 × 3 and 5 × 5 filters and a pool, side by side.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    branch1x1: width("Filters of the 1 × 1 branch; 0 leaves it out."),
    reduce3x3: width("1 × 1 filters before the 3 × 3; 0 for none, as in the naive module."),
    branch3x3: width("Filters of the 3 × 3 branch; 0 leaves it out."),
    reduce5x5: width("1 × 1 filters before the 5 × 5; 0 for none, as in the naive module."),
    branch5x5: width("Filters of the 5 × 5 branch; 0 leaves it out."),
    poolProjection: width("1 × 1 filters after the pool; 0 for none, as in the naive module."),
    kernel5x5: {
      kind: "integer",
      minimum: 1,
      default: 5,
      description: "Filter size of the 5 × 5 branch; 3 in torchvision's GoogLeNet.",
    },
    normalization: {
      kind: "boolean",
      default: false,
      description: "Puts a batch normalization in place of each bias.",
    },
    epsilon: {
      kind: "number",
      exclusiveMinimum: 0,
      default: 0.001,
      description: "Epsilon of the batch normalizations.",
    },
    activation: { ...activationOption, default: "relu" },
  },
  expand(_inputs, options) {
    const chain = new FragmentChain();
    const { normalization, activation, epsilon } = options;
    const convolve = (id: string, filters: number, kernelSize: number, from: string): string => {
      const common = { filters, kernelSize, padding: "same" };
      if (!normalization) return chain.add(id, "conv2d", { ...common, activation }, from);
      chain.add(id, "conv2d", { ...common, useBias: false }, from);
      chain.add(`${id}_bn`, "batchNormalization", { epsilon });
      return chain.activate(`${id}_${activation}`, activation);
    };
    const reduced = (
      size: string,
      kernelSize: number,
      reduce: number,
      filters: number,
    ): string[] => {
      if (filters === 0) return [];
      const from = reduce === 0 ? "input" : convolve(`reduce${size}`, reduce, 1, "input");
      return [convolve(`branch${size}`, filters, kernelSize, from)];
    };
    const branches = [
      ...(options.branch1x1 === 0 ? [] : [convolve("branch1x1", options.branch1x1, 1, "input")]),
      ...reduced("3x3", 3, options.reduce3x3, options.branch3x3),
      ...reduced("5x5", options.kernel5x5, options.reduce5x5, options.branch5x5),
      chain.add("pool", "maxPooling2d", { poolSize: 3, strides: 1, padding: "same" }, "input"),
    ];
    if (options.poolProjection !== 0) {
      branches.splice(-1, 1, convolve("poolProjection", options.poolProjection, 1, "pool"));
    }
    const output =
      branches.length === 1 ? chain.last : chain.add("output", "concatenate", {}, branches);
    return { nodes: chain.nodes, output };
  },
});
