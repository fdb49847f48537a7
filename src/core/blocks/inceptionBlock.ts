import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { InceptionChain } from "./inceptionChain.ts";
import type { OptionValues } from "../layers/option.ts";

const width = (description: string) =>
  ({ kind: "integer", minimum: 0, default: 0, description }) as const;

const table = {
  kind: {
    kind: "choice",
    values: ["original", "double3x3", "reduction3x3", "factorized7x7", "reduction7x7", "wide3x3"],
    default: "original",
    description:
      "GoogLeNet's module, or those of Inception v3 in the order of the network: A, B, C, D and E.",
  },
  branch1x1: width("Filters of the 1 × 1 branch; 0 leaves it out."),
  reduce3x3: width("1 × 1 filters before the 3 × 3; 0 for none, as in the naive module."),
  branch3x3: width("Filters of the 3 × 3 branch; 0 leaves it out."),
  reduce5x5: width("1 × 1 filters before the 5 × 5; 0 for none, as in the naive module."),
  branch5x5: width("Filters of the 5 × 5 branch (two 3 × 3 in B and E); 0 leaves it out."),
  reduce7x7: width("1 × 1 filters before the factorized 7 × 7, and their width (C and D)."),
  branch7x7: width("Filters of the factorized 7 × 7 branches (C and D)."),
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
  scale: {
    kind: "boolean",
    default: true,
    description: "Trains a scale in the normalizations; Keras' Inception v3 does not.",
  },
  epsilon: epsilonOption,
  activation: reluOption,
} as const;

type Options = OptionValues<typeof table>;

/**
 * Inception module: several views of the same map side by side. `original` is that of GoogLeNet (Szegedy et al. 2014,
 * arXiv:1409.4842, figure 2), naive where both reductions and the projection are 0; the others are those of Inception v3
 * (Szegedy et al. 2015, arXiv:1512.00567, figures 5, 6, 7 and 10).
 */
export const inceptionBlock = defineBlock({
  type: "inceptionBlock",
  title: "Inception Block",
  category: "block",
  summary: "Sees the map with filters of several sizes and a pool, side by side.",
  inputs: { minimum: 1, maximum: 1 },
  options: table,
  expand(_inputs, options) {
    const chain = new InceptionChain(options);
    modules[options.kind](chain, options);
    return chain.finish();
  },
});

type Module = (chain: InceptionChain, options: Options) => void;

const original: Module = (chain, options) => {
  chain.branch([["branch1x1", options.branch1x1, 1]]);
  chain.branch([
    ["reduce3x3", options.reduce3x3, 1],
    ["branch3x3", options.branch3x3, 3],
  ]);
  chain.branch([
    ["reduce5x5", options.reduce5x5, 1],
    ["branch5x5", options.branch5x5, options.kernel5x5],
  ]);
  chain.pool("maxPooling2d", options.poolProjection);
};

const double3x3: Module = (chain, options) => {
  chain.branch([["branch1x1", options.branch1x1, 1]]);
  chain.branch([
    ["reduce5x5", options.reduce5x5, 1],
    ["branch5x5", options.branch5x5, options.kernel5x5],
  ]);
  chain.branch([
    ["reduce3x3", options.reduce3x3, 1],
    ["branch3x3_1", options.branch3x3, 3],
    ["branch3x3_2", options.branch3x3, 3],
  ]);
  chain.pool("averagePooling2d", options.poolProjection);
};

const reduction3x3: Module = (chain, options) => {
  chain.branch([
    ["reduce3x3", options.reduce3x3, 1],
    ["branch3x3", options.branch3x3, 3, 2],
  ]);
  chain.branch([
    ["reduce5x5", options.reduce5x5, 1],
    ["branch5x5_1", options.branch5x5, 3],
    ["branch5x5_2", options.branch5x5, 3, 2],
  ]);
  chain.reducingPool();
};

const factorized7x7: Module = (chain, options) => {
  const { branch1x1, reduce7x7, branch7x7, poolProjection } = options;
  chain.branch([["branch1x1", branch1x1, 1]]);
  chain.branch([
    ["reduce7x7", reduce7x7, 1],
    ["branch7x7_1", reduce7x7, [1, 7]],
    ["branch7x7_2", branch7x7, [7, 1]],
  ]);
  chain.branch([
    ["reduce7x7twice", reduce7x7, 1],
    ["branch7x7twice_1", reduce7x7, [7, 1]],
    ["branch7x7twice_2", reduce7x7, [1, 7]],
    ["branch7x7twice_3", reduce7x7, [7, 1]],
    ["branch7x7twice_4", branch7x7, [1, 7]],
  ]);
  chain.pool("averagePooling2d", poolProjection);
};

const reduction7x7: Module = (chain, options) => {
  const { reduce3x3, branch3x3, reduce7x7, branch7x7 } = options;
  chain.branch([
    ["reduce3x3", reduce3x3, 1],
    ["branch3x3", branch3x3, 3, 2],
  ]);
  chain.branch([
    ["reduce7x7", reduce7x7, 1],
    ["branch7x7_1", reduce7x7, [1, 7]],
    ["branch7x7_2", branch7x7, [7, 1]],
    ["branch7x7_3", branch7x7, 3, 2],
  ]);
  chain.reducingPool();
};

const wide3x3: Module = (chain, options) => {
  const { branch1x1, reduce3x3, branch3x3, reduce5x5, branch5x5, poolProjection } = options;
  chain.branch([["branch1x1", branch1x1, 1]]);
  chain.branch([["reduce3x3", reduce3x3, 1]], ["branch3x3", branch3x3]);
  chain.branch(
    [
      ["reduce5x5", reduce5x5, 1],
      ["branch5x5", branch5x5, 3],
    ],
    ["branch5x5", branch5x5],
  );
  chain.pool("averagePooling2d", poolProjection);
};

const modules: Readonly<Record<Options["kind"], Module>> = {
  original,
  double3x3,
  reduction3x3,
  factorized7x7,
  reduction7x7,
  wide3x3,
};
