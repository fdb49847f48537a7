import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

/** Table 1 of the paper: 1 × 1, 3 × 3 reduction and 3 × 3, 5 × 5 reduction and 5 × 5, pool projection. */
const table = {
  "3a": [64, 96, 128, 16, 32, 32],
  "3b": [128, 128, 192, 32, 96, 64],
  "4a": [192, 96, 208, 16, 48, 64],
  "4b": [160, 112, 224, 24, 64, 64],
  "4c": [128, 128, 256, 24, 64, 64],
  "4d": [112, 144, 288, 32, 64, 64],
  "4e": [256, 160, 320, 32, 128, 128],
  "5a": [256, 160, 320, 32, 128, 128],
  "5b": [384, 192, 384, 48, 128, 128],
} as const;

function modules(
  names: readonly (keyof typeof table)[],
  style: Readonly<Record<string, number | boolean>>,
) {
  const nodes: Record<string, ZooNode> = {};
  for (const name of names) {
    const [branch1x1, reduce3x3, branch3x3, reduce5x5, branch5x5, poolProjection] = table[name];
    nodes[`inception${name}`] = {
      type: "inceptionBlock",
      branch1x1,
      reduce3x3,
      branch3x3,
      reduce5x5,
      branch5x5,
      poolProjection,
      ...style,
    };
  }
  return nodes;
}

const pool: ZooNode = { type: "maxPooling2d", poolSize: 3, strides: 2, ceilMode: true };

const normalization: ZooNode = {
  type: "localResponseNormalization",
  depthRadius: 2,
  alpha: 0.00002,
  beta: 0.75,
};

const original = {
  image: { type: "input", shape: [224, 224, 3] },
  conv1: { type: "conv2d", filters: 64, kernelSize: 7, strides: 2, padding: 3, activation: "relu" },
  pool1: pool,
  norm1: normalization,
  reduce2: { type: "conv2d", filters: 64, kernelSize: 1, activation: "relu" },
  conv2: { type: "conv2d", filters: 192, kernelSize: 3, padding: 1, activation: "relu" },
  norm2: normalization,
  pool2: pool,
  ...modules(["3a", "3b"], {}),
  pool3: pool,
  ...modules(["4a", "4b", "4c", "4d", "4e"], {}),
  pool4: pool,
  ...modules(["5a", "5b"], {}),
  average: { type: "globalAveragePooling2d" },
  dropout: { type: "dropout", rate: 0.4 },
  output: { type: "dense", units: 1000, activation: "softmax" },
} as const;

const normalized = { normalization: true, kernel5x5: 3 };

const torchvision = {
  image: { type: "input", shape: [224, 224, 3] },
  conv1: { type: "convBlock", filters: 64, kernelSize: 7, strides: 2, padding: 3 },
  pool1: pool,
  reduce2: { type: "convBlock", filters: 64, kernelSize: 1 },
  conv2: { type: "convBlock", filters: 192, kernelSize: 3 },
  pool2: pool,
  ...modules(["3a", "3b"], normalized),
  pool3: pool,
  ...modules(["4a", "4b", "4c", "4d", "4e"], normalized),
  pool4: { ...pool, poolSize: 2 },
  ...modules(["5a", "5b"], normalized),
  average: { type: "globalAveragePooling2d" },
  dropout: { type: "dropout", rate: 0.2 },
  output: { type: "dense", units: 1000, activation: "softmax" },
} as const;

const heads = (options: Readonly<Record<string, number | boolean>>) => ({
  auxiliary1: { type: "auxiliaryHead", from: "inception4a", units: 1000, ...options },
  auxiliary2: { type: "auxiliaryHead", from: "inception4d", units: 1000, ...options },
});

const common = {
  family: "GoogLeNet",
  year: 2014,
  depth: 22,
  error: { percent: 6.7, measure: "top-5 on ImageNet", setting: "ILSVRC 2014" },
  source: "Szegedy et al. 2014, arXiv:1409.4842",
} as const;

const ported = {
  ...common,
  error: { percent: 10.47, measure: "top-5 on ImageNet", setting: "torchvision, 1 crop" },
  source: "arXiv:1409.4842; torchvision.models.googlenet",
} as const;

/** GoogLeNet as in the paper and as in torchvision, with and without auxiliary heads. */
export const googlenetNetworks: readonly ZooNetwork[] = [
  {
    ...common,
    id: "googlenet",
    name: "GoogLeNet",
    summary: "Nine inception modules: 1 × 1 reductions make it deep and wide with few weights.",
    nodes: chain(original),
  },
  {
    ...common,
    id: "googlenetAuxiliary",
    name: "GoogLeNet with Auxiliary Heads",
    summary:
      "GoogLeNet as it is trained: two more classifiers in mid-network strengthen the gradient.",
    nodes: { ...chain(original), ...heads({}) },
  },
  {
    ...ported,
    id: "googlenetTorchvision",
    name: "GoogLeNet (torchvision)",
    summary: "With batch normalization, and 3 × 3 where the paper has 5 × 5.",
    nodes: chain(torchvision),
  },
  {
    ...ported,
    id: "googlenetTorchvisionAuxiliary",
    name: "GoogLeNet with Auxiliary Heads (torchvision)",
    summary: "With batch normalization and two auxiliary heads.",
    nodes: { ...chain(torchvision), ...heads({ outputSize: 4, normalization: true }) },
  },
];
