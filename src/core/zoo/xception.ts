import { chain } from "./chain.ts";
import type { ZooBlock, ZooNetwork, ZooNode } from "./zooNetwork.ts";

const separable = (filters: number | string): ZooNode => ({
  type: "separableConv2d",
  filters,
  kernelSize: 3,
  padding: "same",
  useBias: false,
});
const norm: ZooNode = { type: "batchNormalization" };
const relu: ZooNode = { type: "activation" };

/** Halves the map beside a projected shortcut; `inner` is the width of the first of its two convolutions. */
const reduction: ZooBlock = {
  parameters: { filters: 128, inner: "filters" },
  inputs: ["x"],
  nodes: {
    ...chain({
      relu1: { ...relu, from: "x" },
      sep1: separable("inner"),
      bn1: norm,
      relu2: relu,
      sep2: separable("filters"),
      bn2: norm,
      pool: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: "same" },
    }),
    ...chain({
      projection: {
        type: "conv2d",
        from: "x",
        filters: "filters",
        kernelSize: 1,
        strides: 2,
        padding: "same",
        useBias: false,
      },
      projectionBn: norm,
    }),
    add: { type: "add", from: ["pool", "projectionBn"] },
  },
  output: "add",
};

const middle: ZooBlock = {
  parameters: { filters: 728 },
  inputs: ["x"],
  nodes: {
    ...chain({
      relu1: { ...relu, from: "x" },
      sep1: separable("filters"),
      bn1: norm,
      relu2: relu,
      sep2: separable("filters"),
      bn2: norm,
      relu3: relu,
      sep3: separable("filters"),
      bn3: norm,
    }),
    add: { type: "add", from: ["bn3", "x"] },
  },
  output: "add",
};

/** Xception, written with two blocks that its file defines. */
export const xceptionNetworks: readonly ZooNetwork[] = [
  {
    id: "xception",
    name: "Xception",
    family: "MobileNet",
    year: 2016,
    depth: 71,
    error: { percent: 5.5, measure: "top-5 on ImageNet", setting: "single model, 1 crop" },
    source: "Chollet 2016, arXiv:1610.02357; keras.applications.Xception",
    summary: "Inception taken to its end: every channel by itself, then all channels at a point.",
    nodes: chain({
      image: { type: "input", shape: [299, 299, 3] },
      conv1: { type: "convBlock", filters: 32, strides: 2, padding: "valid" },
      conv2: { type: "convBlock", filters: 64, padding: "valid" },
      entry1: { type: "reduction", filters: 128 },
      entry2: { type: "reduction", filters: 256 },
      entry3: { type: "reduction", filters: 728 },
      middle: { type: "middle", repeat: 8 },
      exit: { type: "reduction", filters: 1024, inner: 728 },
      sep3: separable(1536),
      bn3: norm,
      relu3: relu,
      sep4: separable(2048),
      bn4: norm,
      relu4: relu,
      average: { type: "globalAveragePooling2d" },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
    blocks: { reduction, middle },
  },
];
