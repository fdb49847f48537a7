import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

type Options = Readonly<Record<string, number | boolean>>;

/** Dense blocks with a transition between each two. */
function blocks(layers: readonly number[], block: Options, transition: Options) {
  const nodes: Record<string, ZooNode> = {};
  for (const [index, count] of layers.entries()) {
    nodes[`dense${index + 1}`] = { type: "denseBlock", layers: count, ...block };
    if (index < layers.length - 1) {
      nodes[`transition${index + 1}`] = { type: "transitionBlock", ...transition };
    }
  }
  return nodes;
}

const ends = (units: number) =>
  ({
    bn: { type: "batchNormalization" },
    relu: { type: "activation" },
    average: { type: "globalAveragePooling2d" },
    output: { type: "dense", units, activation: "softmax" },
  }) as const;

const source = "Huang et al. 2016, arXiv:1608.06993";

const imageNet = (
  [
    [121, [6, 12, 24, 16], 7.71],
    [169, [6, 12, 32, 32], 6.85],
    [201, [6, 12, 48, 32], 6.34],
    [264, [6, 12, 64, 48], 6.12],
  ] as const
).map(([depth, layers, percent]): ZooNetwork => ({
  id: `densenet${depth}`,
  name: `DenseNet-${depth}`,
  family: "DenseNet",
  year: 2016,
  depth,
  error: { percent, measure: "top-5 on ImageNet", setting: "single model, 1 crop" },
  source,
  summary: "Each layer reads all before it and adds 32 channels.",
  nodes: chain({
    image: { type: "input", shape: [224, 224, 3] },
    conv1: { type: "convBlock", filters: 64, kernelSize: 7, strides: 2, padding: 3 },
    pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 },
    ...blocks(layers, { growthRate: 32 }, {}),
    ...ends(1000),
  }),
}));

const cifarStem = (filters: number) =>
  ({
    image: { type: "input", shape: [32, 32, 3] },
    conv1: { type: "conv2d", filters, kernelSize: 3, padding: "same", useBias: false },
  }) as const;

/** DenseNets for ImageNet and for CIFAR. */
export const densenetNetworks: readonly ZooNetwork[] = [
  ...imageNet,
  {
    id: "densenet40",
    name: "DenseNet-40 (CIFAR, k = 12)",
    family: "DenseNet",
    year: 2016,
    depth: 40,
    error: { percent: 5.24, measure: "CIFAR-10", setting: "with augmentation" },
    source,
    summary: "Three blocks of twelve layers, without bottlenecks and compression.",
    nodes: chain({
      ...cifarStem(16),
      ...blocks([12, 12, 12], { growthRate: 12, bottleneck: false }, { compression: 1 }),
      ...ends(10),
    }),
  },
  {
    id: "densenetBc100",
    name: "DenseNet-BC-100 (CIFAR, k = 12)",
    family: "DenseNet",
    year: 2016,
    depth: 100,
    error: { percent: 4.51, measure: "CIFAR-10", setting: "with augmentation" },
    source,
    summary: "Bottlenecks and compression: deeper, better, and a quarter smaller than DenseNet-40.",
    nodes: chain({
      ...cifarStem(24),
      ...blocks([16, 16, 16], { growthRate: 12 }, {}),
      ...ends(10),
    }),
  },
];
