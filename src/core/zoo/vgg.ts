import { chain } from "./chain.ts";
import type { PublishedError, ZooNetwork, ZooNode } from "./zooNetwork.ts";

const widths = [64, 128, 256, 512, 512];

function vgg(convolutions: readonly number[], normalization: boolean) {
  const stages: Record<string, ZooNode> = {};
  for (const [index, filters] of widths.entries()) {
    stages[`conv${index + 1}`] = {
      type: "convBlock",
      filters,
      useBias: true,
      normalization,
      repeat: convolutions[index] ?? 1,
    };
    stages[`pool${index + 1}`] = { type: "maxPooling2d", poolSize: 2 };
  }
  return chain({
    image: { type: "input", shape: [224, 224, 3] },
    ...stages,
    flatten: { type: "flatten" },
    fc6: { type: "dense", units: 4096, activation: "relu" },
    dropout6: { type: "dropout", rate: 0.5 },
    fc7: { type: "dense", units: 4096, activation: "relu" },
    dropout7: { type: "dropout", rate: 0.5 },
    output: { type: "dense", units: 1000, activation: "softmax" },
  });
}

interface Variant {
  readonly depth: number;
  readonly convolutions: readonly number[];
  readonly error: PublishedError;
  readonly normalizedError: number;
}

const top5 = (percent: number, setting: string): PublishedError => ({
  percent,
  measure: "top-5 on ImageNet",
  setting,
});

const variants: readonly Variant[] = [
  {
    depth: 11,
    convolutions: [1, 1, 2, 2, 2],
    error: top5(10.4, "single scale"),
    normalizedError: 10.19,
  },
  {
    depth: 13,
    convolutions: [2, 2, 2, 2, 2],
    error: top5(9.9, "single scale"),
    normalizedError: 9.63,
  },
  {
    depth: 16,
    convolutions: [2, 2, 3, 3, 3],
    error: top5(8.1, "single scale"),
    normalizedError: 8.5,
  },
  {
    depth: 19,
    convolutions: [2, 2, 4, 4, 4],
    error: top5(7.3, "ILSVRC 2014"),
    normalizedError: 8.15,
  },
];

/** VGG-11 to VGG-19, with and without batch normalization. */
export const vggNetworks: readonly ZooNetwork[] = variants.flatMap(
  ({ depth, convolutions, error, normalizedError }): readonly ZooNetwork[] => [
    {
      id: `vgg${depth}`,
      name: `VGG-${depth}`,
      family: "VGG",
      year: 2014,
      depth,
      error,
      source: "Simonyan and Zisserman 2014, arXiv:1409.1556",
      summary: "Nothing but 3 × 3 convolutions in a row, halving the map five times.",
      nodes: vgg(convolutions, false),
    },
    {
      id: `vgg${depth}Normalized`,
      name: `VGG-${depth} with Batch Normalization`,
      family: "VGG",
      year: 2014,
      depth,
      error: top5(normalizedError, "torchvision, 1 crop"),
      source: `arXiv:1409.1556; torchvision.models.vgg${depth}_bn`,
      summary: "VGG with a batch normalization behind every convolution, as torchvision trains it.",
      nodes: vgg(convolutions, true),
    },
  ],
);
