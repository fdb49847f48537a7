import type { JsonValue } from "../layers/option.ts";
import { chain } from "./chain.ts";
import type { ZooNetwork, ZooNode } from "./zooNetwork.ts";

type Options = Readonly<Record<string, JsonValue>>;

const ends = {
  average: { type: "globalAveragePooling2d" },
  output: { type: "dense", units: 10, activation: "softmax" },
} as const;

function stages(repeat: number, options: Options): Readonly<Record<string, ZooNode>> {
  const stage = (filters: number, strides: 1 | 2): ZooNode => ({
    type: "residualBlock",
    filters,
    ...(strides === 1 ? {} : { strides }),
    ...options,
    repeat,
  });
  return { stage1: stage(16, 1), stage2: stage(32, 2), stage3: stage(64, 2) };
}

/** Depth 6n + 2 of basic units. */
function basic(depth: number, options: Options): Readonly<Record<string, ZooNode>> {
  return chain({
    image: { type: "input", shape: [32, 32, 3] },
    conv1: { type: "convBlock", filters: 16 },
    ...stages((depth - 2) / 6, options),
    ...ends,
  });
}

/** Depth 9n + 2 of pre-activated bottlenecks, as in the authors' resnet-pre-act.lua. */
function preActivated(depth: number): Readonly<Record<string, ZooNode>> {
  const options = { bottleneck: true, order: "preActivation", strideOn: "1x1" };
  return chain({
    image: { type: "input", shape: [32, 32, 3] },
    conv1: { type: "conv2d", filters: 16, kernelSize: 3, padding: "same", useBias: false },
    ...stages((depth - 2) / 9, options),
    bn: { type: "batchNormalization" },
    relu: { type: "activation" },
    ...ends,
  });
}

const errors = { 20: 8.75, 32: 7.51, 44: 7.17, 56: 6.97, 110: 6.43 } as const;
const preActivatedErrors = { 164: 5.46, 1001: 4.92 } as const;

/** Residual networks for the 32 × 32 images of CIFAR-10. */
export const resnetCifarNetworks: readonly ZooNetwork[] = [
  ...([20, 32, 44, 56, 110] as const).flatMap((depth): readonly ZooNetwork[] => {
    const common = {
      family: "ResNet for CIFAR",
      year: 2015,
      depth,
      source: "He et al. 2015, arXiv:1512.03385, section 4.2",
    };
    return [
      {
        ...common,
        id: `resnet${depth}`,
        name: `ResNet-${depth} (CIFAR)`,
        error: { percent: errors[depth], measure: "CIFAR-10", setting: "with augmentation" },
        summary: "Shortcuts without parameters: zero channels where the width grows (option A).",
        nodes: basic(depth, { shortcut: "zeroPadding" }),
      },
      {
        ...common,
        id: `resnet${depth}Projection`,
        name: `ResNet-${depth} (CIFAR, Projections)`,
        summary: "1 × 1 projections where the width grows (option B).",
        nodes: basic(depth, {}),
      },
    ];
  }),
  ...([164, 1001] as const).map((depth): ZooNetwork => ({
    id: `resnet${depth}PreActivation`,
    name: `Pre-Activation ResNet-${depth} (CIFAR)`,
    family: "ResNet for CIFAR",
    year: 2016,
    depth,
    error: {
      percent: preActivatedErrors[depth],
      measure: "CIFAR-10",
      setting: "with augmentation",
    },
    source: "He et al. 2016, arXiv:1603.05027; resnet-pre-act.lua of the authors",
    summary: "A clear path for the gradient makes a thousand layers trainable.",
    nodes: preActivated(depth),
  })),
];
