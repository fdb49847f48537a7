import type { JsonValue } from "../layers/option.ts";
import { chain } from "./chain.ts";
import type { PublishedError, ZooNetwork, ZooNode } from "./zooNetwork.ts";

type Options = Readonly<Record<string, JsonValue>>;
type Repeats = readonly [number, number, number, number];

const units: Readonly<Record<18 | 34 | 50 | 101 | 152, Repeats>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

type Depth = keyof typeof units;

/** The four stages that all these networks have in common. */
function stages(depth: Depth, options: Options): Readonly<Record<string, ZooNode>> {
  const shape: Options = depth >= 50 ? { bottleneck: true, ...options } : options;
  const [conv2, conv3, conv4, conv5] = units[depth];
  const stage = (filters: number, strides: 1 | 2, repeat: number): ZooNode => ({
    type: "residualBlock",
    filters,
    ...(strides === 1 ? {} : { strides }),
    ...shape,
    repeat,
  });
  return {
    conv2: stage(64, 1, conv2),
    conv3: stage(128, 2, conv3),
    conv4: stage(256, 2, conv4),
    conv5: stage(512, 2, conv5),
  };
}

const classifier = {
  average: { type: "globalAveragePooling2d" },
  output: { type: "dense", units: 1000, activation: "softmax" },
} as const;

function resnet(depth: Depth, options: Options): Readonly<Record<string, ZooNode>> {
  return chain({
    image: { type: "input", shape: [224, 224, 3] },
    conv1: { type: "convBlock", filters: 64, kernelSize: 7, strides: 2, padding: 3 },
    pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 },
    ...stages(depth, options),
    ...classifier,
  });
}

/** Keras' ResNet V2: the step stands in the last unit of a stage, and the last stage takes none. */
function resnetV2(depth: Depth): Readonly<Record<string, ZooNode>> {
  const [conv2, conv3, conv4, conv5] = units[depth];
  const stage = (filters: number, strides: 1 | 2, repeat: number): ZooNode => ({
    type: "residualBlock",
    filters,
    bottleneck: true,
    order: "preActivation",
    ...(strides === 1 ? {} : { strides, strideIn: "last" }),
    biases: "last",
    repeat,
  });
  return chain({
    image: { type: "input", shape: [224, 224, 3] },
    conv1: { type: "conv2d", filters: 64, kernelSize: 7, strides: 2, padding: 3 },
    // Zeros, not the least value, stand around the map here: no ReLU goes before this pool.
    pad1: { type: "zeroPadding2d", padding: 1 },
    pool1: { type: "maxPooling2d", poolSize: 3, strides: 2 },
    conv2: stage(64, 2, conv2),
    conv3: stage(128, 2, conv3),
    conv4: stage(256, 2, conv4),
    conv5: stage(512, 1, conv5),
    bn: { type: "batchNormalization" },
    relu: { type: "activation" },
    ...classifier,
  });
}

const top5 = (percent: number, setting: string): PublishedError => ({
  percent,
  measure: "top-5 on ImageNet",
  setting,
});

const paper = "He et al. 2015, arXiv:1512.03385";
const common = { family: "ResNet", year: 2015 } as const;

const basic: readonly ZooNetwork[] = [
  {
    ...common,
    id: "resnet18",
    name: "ResNet-18",
    depth: 18,
    error: top5(10.92, "torchvision, 1 crop"),
    source: paper,
    summary: "The smallest residual network for ImageNet.",
    nodes: resnet(18, {}),
  },
  {
    ...common,
    id: "resnet34",
    name: "ResNet-34",
    depth: 34,
    error: top5(7.46, "single model, 10 crops"),
    source: paper,
    summary: "Each unit adds its input to what its two convolutions make of it.",
    nodes: resnet(34, {}),
  },
  {
    ...common,
    id: "plain18",
    name: "Plain-18",
    depth: 18,
    source: paper,
    summary: "ResNet-18 without its shortcuts.",
    nodes: resnet(18, { shortcut: "none" }),
  },
  {
    ...common,
    id: "plain34",
    name: "Plain-34",
    depth: 34,
    error: top5(10.02, "single model, 10 crops"),
    source: paper,
    summary: "ResNet-34 without its shortcuts: deeper than plain-18, and worse.",
    nodes: resnet(34, { shortcut: "none" }),
  },
];

const bottleneckErrors = {
  50: [top5(6.71, "single model, 10 crops"), 7.13, 7.0],
  101: [top5(6.05, "single model, 10 crops"), 6.44, 6.2],
  152: [top5(3.57, "ILSVRC 2015, ensemble"), 5.95, 5.8],
} as const;

const bottlenecks = ([50, 101, 152] as const).flatMap((depth): readonly ZooNetwork[] => {
  const [published, torchvision, keras] = bottleneckErrors[depth];
  return [
    {
      ...common,
      id: `resnet${depth}`,
      name: `ResNet-${depth}`,
      depth,
      error: published,
      source: paper,
      summary: "Bottleneck units, with the step on the first 1 × 1 as in the paper.",
      nodes: resnet(depth, { strideOn: "1x1" }),
    },
    {
      ...common,
      id: `resnet${depth}v15`,
      name: `ResNet-${depth} v1.5`,
      depth,
      error: top5(torchvision, "torchvision, 1 crop"),
      source: `${paper}; torchvision.models.resnet${depth}`,
      summary: "The step moved to the 3 × 3: a little more work, a little better.",
      nodes: resnet(depth, {}),
    },
    {
      ...common,
      id: `resnet${depth}v2`,
      name: `ResNet-${depth} V2 (Pre-Activation)`,
      year: 2016,
      depth,
      error: top5(keras, "Keras, 1 crop"),
      source: `He et al. 2016, arXiv:1603.05027; keras.applications.ResNet${depth}V2`,
      summary: "Normalization and ReLU go before each convolution, and nothing after the addition.",
      nodes: resnetV2(depth),
    },
  ];
});

/** Residual networks for ImageNet, the plain networks beside them, and ResNeXt. */
export const resnetNetworks: readonly ZooNetwork[] = [
  ...basic,
  ...bottlenecks,
  {
    id: "resnext50",
    name: "ResNeXt-50 (32×4d)",
    family: "ResNet",
    year: 2016,
    depth: 50,
    error: top5(6.3, "torchvision, 1 crop"),
    source: "Xie et al. 2016, arXiv:1611.05431; torchvision.models.resnext50_32x4d",
    summary: "Bottlenecks whose 3 × 3 is split into 32 groups.",
    nodes: resnet(50, { groups: 32, groupWidth: 4 }),
  },
];
