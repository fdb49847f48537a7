import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

const fire = (squeeze: number, expand: number): ZooNode => ({
  type: "fireBlock",
  squeeze,
  expand1x1: expand,
  expand3x3: expand,
});

const pool: ZooNode = { type: "maxPooling2d", poolSize: 3, strides: 2, ceilMode: true };

const ends = {
  dropout: { type: "dropout", rate: 0.5 },
  conv10: { type: "conv2d", filters: 1000, kernelSize: 1, activation: "relu" },
  average: { type: "globalAveragePooling2d" },
  output: { type: "activation", activation: "softmax" },
} as const;

const common = {
  family: "SqueezeNet",
  year: 2016,
  depth: 18,
  source: "Iandola et al. 2016, arXiv:1602.07360; torchvision.models.squeezenet",
} as const;

/** SqueezeNet 1.0 and 1.1. */
export const squeezenetNetworks: readonly ZooNetwork[] = [
  {
    ...common,
    id: "squeezenet10",
    name: "SqueezeNet 1.0",
    error: { percent: 19.58, measure: "top-5 on ImageNet", setting: "torchvision, 1 crop" },
    summary: "The accuracy of AlexNet with a fiftieth of its weights.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: { type: "conv2d", filters: 96, kernelSize: 7, strides: 2, activation: "relu" },
      pool1: pool,
      fire2: { ...fire(16, 64), repeat: 2 },
      fire4: fire(32, 128),
      pool4: pool,
      fire5: fire(32, 128),
      fire6: { ...fire(48, 192), repeat: 2 },
      fire8: fire(64, 256),
      pool8: pool,
      fire9: fire(64, 256),
      ...ends,
    }),
  },
  {
    ...common,
    id: "squeezenet11",
    name: "SqueezeNet 1.1",
    error: { percent: 19.38, measure: "top-5 on ImageNet", setting: "torchvision, 1 crop" },
    summary: "SqueezeNet 1.0 with earlier pools: less than half the work.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: { type: "conv2d", filters: 64, kernelSize: 3, strides: 2, activation: "relu" },
      pool1: pool,
      fire2: { ...fire(16, 64), repeat: 2 },
      pool3: pool,
      fire4: { ...fire(32, 128), repeat: 2 },
      pool5: pool,
      fire6: { ...fire(48, 192), repeat: 2 },
      fire8: { ...fire(64, 256), repeat: 2 },
      ...ends,
    }),
  },
];
