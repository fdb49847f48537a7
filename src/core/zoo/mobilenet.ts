import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

const separable = (filters: number, strides: 1 | 2, repeat = 1): ZooNode => ({
  type: "depthwiseSeparableBlock",
  filters,
  ...(strides === 1 ? {} : { strides }),
  activation: "relu6",
  ...(repeat === 1 ? {} : { repeat }),
});

const inverted = (filters: number, strides: 1 | 2, repeat: number, more = {}): ZooNode => ({
  type: "invertedResidualBlock",
  filters,
  ...(strides === 1 ? {} : { strides }),
  ...more,
  ...(repeat === 1 ? {} : { repeat }),
});

/** MobileNet v1 and v2 and EfficientNet-B0, at width 1. */
export const mobilenetNetworks: readonly ZooNetwork[] = [
  {
    id: "mobilenet",
    name: "MobileNet v1",
    family: "MobileNet",
    year: 2017,
    depth: 28,
    error: { percent: 10.5, measure: "top-5 on ImageNet", setting: "Keras, 1 crop" },
    source: "Howard et al. 2017, arXiv:1704.04861; keras.applications.MobileNet",
    summary: "Depthwise separable convolutions throughout: an eighth of the work of plain ones.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: { type: "convBlock", filters: 32, strides: 2, activation: "relu6" },
      conv2: separable(64, 1),
      conv3: separable(128, 2, 2),
      conv4: separable(256, 2, 2),
      conv5: separable(512, 2, 6),
      conv6: separable(1024, 2, 2),
      average: { type: "globalAveragePooling2d" },
      dropout: { type: "dropout", rate: 0.001 },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
  },
  {
    id: "mobilenetV2",
    name: "MobileNet v2",
    family: "MobileNet",
    year: 2018,
    depth: 53,
    error: { percent: 9.9, measure: "top-5 on ImageNet", setting: "Keras, 1 crop" },
    source: "Sandler et al. 2018, arXiv:1801.04381; keras.applications.MobileNetV2",
    summary: "Narrow ends, wide insides, and the shortcut between the narrow ends.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: { type: "convBlock", filters: 32, strides: 2, activation: "relu6" },
      stage1: inverted(16, 1, 1, { expansion: 1 }),
      stage2: inverted(24, 2, 2),
      stage3: inverted(32, 2, 3),
      stage4: inverted(64, 2, 4),
      stage5: inverted(96, 1, 3),
      stage6: inverted(160, 2, 3),
      stage7: inverted(320, 1, 1),
      conv8: { type: "convBlock", filters: 1280, kernelSize: 1, activation: "relu6" },
      average: { type: "globalAveragePooling2d" },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
  },
  {
    id: "efficientnetB0",
    name: "EfficientNet-B0",
    family: "MobileNet",
    year: 2019,
    depth: 82,
    error: { percent: 6.7, measure: "top-5 on ImageNet", setting: "single model, 1 crop" },
    source: "Tan and Le 2019, arXiv:1905.11946; keras.applications.EfficientNetB0",
    summary:
      "Inverted residuals with squeeze and excitation, balanced in depth, width and resolution.",
    nodes: chain({
      image: { type: "input", shape: [224, 224, 3] },
      conv1: { type: "convBlock", filters: 32, strides: 2, activation: "swish" },
      ...Object.fromEntries(
        (
          [
            [1, 16, 1, 1, 3],
            [6, 24, 2, 2, 3],
            [6, 40, 2, 2, 5],
            [6, 80, 2, 3, 3],
            [6, 112, 1, 3, 5],
            [6, 192, 2, 4, 5],
            [6, 320, 1, 1, 3],
          ] as const
        ).map(([expansion, filters, strides, repeat, kernelSize], index) => [
          `stage${index + 1}`,
          inverted(filters, strides, repeat, {
            ...(expansion === 6 ? {} : { expansion }),
            ...(kernelSize === 3 ? {} : { kernelSize }),
            squeezeRatio: 4,
            activation: "swish",
          }),
        ]),
      ),
      conv8: { type: "convBlock", filters: 1280, kernelSize: 1, activation: "swish" },
      average: { type: "globalAveragePooling2d" },
      dropout: { type: "dropout", rate: 0.2 },
      output: { type: "dense", units: 1000, activation: "softmax" },
    }),
  },
];
