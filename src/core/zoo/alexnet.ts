import { chain } from "./chain.ts";
import type { ZooNetwork } from "./zooNetwork.ts";

const normalization = {
  type: "localResponseNormalization",
  depthRadius: 2,
  bias: 2,
  alpha: 0.0001,
  beta: 0.75,
} as const;

const alexnet = (groups: 1 | 2) =>
  chain({
    image: { type: "input", shape: [227, 227, 3] },
    conv1: { type: "conv2d", filters: 96, kernelSize: 11, strides: 4, activation: "relu" },
    norm1: normalization,
    pool1: { type: "maxPooling2d", poolSize: 3, strides: 2 },
    conv2: { type: "conv2d", filters: 256, kernelSize: 5, padding: 2, groups, activation: "relu" },
    norm2: normalization,
    pool2: { type: "maxPooling2d", poolSize: 3, strides: 2 },
    conv3: { type: "conv2d", filters: 384, kernelSize: 3, padding: 1, activation: "relu" },
    conv4: { type: "conv2d", filters: 384, kernelSize: 3, padding: 1, groups, activation: "relu" },
    conv5: { type: "conv2d", filters: 256, kernelSize: 3, padding: 1, groups, activation: "relu" },
    pool5: { type: "maxPooling2d", poolSize: 3, strides: 2 },
    flatten: { type: "flatten" },
    fc6: { type: "dense", units: 4096, activation: "relu" },
    dropout6: { type: "dropout", rate: 0.5 },
    fc7: { type: "dense", units: 4096, activation: "relu" },
    dropout7: { type: "dropout", rate: 0.5 },
    output: { type: "dense", units: 1000, activation: "softmax" },
  });

const common = {
  family: "AlexNet",
  year: 2012,
  depth: 8,
  source: "Krizhevsky et al. 2012, ImageNet Classification with Deep Convolutional Neural Networks",
} as const;

/** AlexNet on two GPUs, on one, and as torchvision has it. */
export const alexnetNetworks: readonly ZooNetwork[] = [
  {
    ...common,
    id: "alexnet",
    name: "AlexNet",
    error: {
      percent: 16.4,
      measure: "top-5 on ImageNet",
      setting: "ILSVRC 2012, without extra data",
    },
    summary: "The network that began it all, in two groups because it was trained on two GPUs.",
    nodes: alexnet(2),
  },
  {
    ...common,
    id: "alexnetOneGpu",
    name: "AlexNet (One GPU)",
    summary: "AlexNet without groups: every filter sees all channels.",
    nodes: alexnet(1),
  },
  {
    ...common,
    id: "alexnetTorchvision",
    name: "AlexNet (torchvision)",
    year: 2014,
    error: { percent: 20.91, measure: "top-5 on ImageNet", setting: "torchvision, 1 crop" },
    source: "Krizhevsky 2014, arXiv:1404.5997; torchvision.models.alexnet",
    summary: "The one-column variant with fewer filters and no response normalization.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: {
        type: "conv2d",
        filters: 64,
        kernelSize: 11,
        strides: 4,
        padding: 2,
        activation: "relu",
      },
      pool1: { type: "maxPooling2d", poolSize: 3, strides: 2 },
      conv2: { type: "conv2d", filters: 192, kernelSize: 5, padding: 2, activation: "relu" },
      pool2: { type: "maxPooling2d", poolSize: 3, strides: 2 },
      conv3: { type: "conv2d", filters: 384, kernelSize: 3, padding: 1, activation: "relu" },
      conv4: { type: "conv2d", filters: 256, kernelSize: 3, padding: 1, activation: "relu" },
      conv5: { type: "conv2d", filters: 256, kernelSize: 3, padding: 1, activation: "relu" },
      pool5: { type: "maxPooling2d", poolSize: 3, strides: 2 },
      average: { type: "adaptiveAveragePooling2d", outputSize: 6 },
      flatten: { type: "flatten" },
      dropout6: { type: "dropout", rate: 0.5 },
      fc6: { type: "dense", units: 4096, activation: "relu" },
      dropout7: { type: "dropout", rate: 0.5 },
      fc7: { type: "dense", units: 4096, activation: "relu" },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
  },
];
