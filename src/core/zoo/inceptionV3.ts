import { chain } from "./chain.ts";
import type { ZooNetwork } from "./zooNetwork.ts";

const style = { normalization: true, scale: false } as const;
const valid = { type: "convBlock", padding: "valid", scale: false } as const;

const moduleC = (reduce7x7: number) =>
  ({
    type: "inceptionBlock",
    kind: "factorized7x7",
    branch1x1: 192,
    reduce7x7,
    branch7x7: 192,
    poolProjection: 192,
    ...style,
  }) as const;

const moduleA = (poolProjection: number) =>
  ({
    type: "inceptionBlock",
    kind: "double3x3",
    branch1x1: 64,
    reduce5x5: 48,
    branch5x5: 64,
    reduce3x3: 64,
    branch3x3: 96,
    poolProjection,
    ...style,
  }) as const;

const moduleE = {
  type: "inceptionBlock",
  kind: "wide3x3",
  branch1x1: 320,
  reduce3x3: 384,
  branch3x3: 384,
  reduce5x5: 448,
  branch5x5: 384,
  poolProjection: 192,
  ...style,
} as const;

/** Inception v3 as Keras has it, without the auxiliary head. */
export const inceptionV3Networks: readonly ZooNetwork[] = [
  {
    id: "inceptionV3",
    name: "Inception v3",
    family: "GoogLeNet",
    year: 2015,
    depth: 48,
    error: { percent: 5.6, measure: "top-5 on ImageNet", setting: "single model, 1 crop" },
    source: "Szegedy et al. 2015, arXiv:1512.00567; keras.applications.InceptionV3",
    summary: "Large filters split into small ones: 7 × 7 as 1 × 7 and 7 × 1.",
    nodes: chain({
      image: { type: "input", shape: [299, 299, 3] },
      conv1: { ...valid, filters: 32, strides: 2 },
      conv2: { ...valid, filters: 32 },
      conv3: { type: "convBlock", filters: 64, scale: false },
      pool1: { type: "maxPooling2d", poolSize: 3, strides: 2 },
      conv4: { ...valid, filters: 80, kernelSize: 1 },
      conv5: { ...valid, filters: 192 },
      pool2: { type: "maxPooling2d", poolSize: 3, strides: 2 },
      mixed0: moduleA(32),
      mixed1: moduleA(64),
      mixed2: moduleA(64),
      mixed3: {
        type: "inceptionBlock",
        kind: "reduction3x3",
        branch3x3: 384,
        reduce5x5: 64,
        branch5x5: 96,
        ...style,
      },
      mixed4: moduleC(128),
      mixed5: { ...moduleC(160), repeat: 2 },
      mixed7: moduleC(192),
      mixed8: {
        type: "inceptionBlock",
        kind: "reduction7x7",
        reduce3x3: 192,
        branch3x3: 320,
        reduce7x7: 192,
        branch7x7: 192,
        ...style,
      },
      mixed9: { ...moduleE, repeat: 2 },
      average: { type: "globalAveragePooling2d" },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
  },
];
