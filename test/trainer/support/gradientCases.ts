import { activations } from "../../../src/core/layers/activations.ts";
import type { Nodes } from "./network.ts";

/** A network around one layer or option. */
export interface GradientCase {
  readonly name: string;
  readonly shape?: readonly number[];
  /** What stands between a 1 × 1 convolution, which checks the gradient of the input, and the classifier. */
  readonly nodes: Nodes;
  /** False where the last of `nodes` gives a vector already. */
  readonly flatten?: false;
  /** Why TensorFlow.js cannot be compared with: it has no gradient, or other random numbers. */
  readonly notEager?: "noGradient" | "random";
}

const l1 = { l1: 0.02 };
const l2 = { l2: 0.05 };
const both = { l1: 0.01, l2: 0.03 };

const regularized: readonly GradientCase[] = [
  {
    name: "L2 on a convolution",
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, kernelRegularizer: l2 } },
  },
  {
    name: "L1 on a transposed convolution",
    nodes: { t: { type: "conv2dTranspose", filters: 2, kernelSize: 3, kernelRegularizer: l1 } },
  },
  {
    name: "L1 and L2 on a depthwise convolution",
    nodes: { t: { type: "depthwiseConv2d", kernelSize: 3, kernelRegularizer: both } },
  },
  {
    name: "L1 and L2 on both kernels of a separable convolution",
    nodes: { t: { type: "separableConv2d", filters: 3, kernelSize: 3, kernelRegularizer: both } },
  },
  {
    name: "L1 and L2 on a dense layer",
    nodes: { f: { type: "flatten" }, t: { type: "dense", units: 5, kernelRegularizer: both } },
    flatten: false,
  },
];

const convolutions: readonly GradientCase[] = [
  { name: "3 × 3", nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3 } } },
  { name: "same", nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, padding: "same" } } },
  { name: "no bias", nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, useBias: false } } },
  {
    name: "same, strides 2 on an even map",
    shape: [8, 8, 2],
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, strides: 2, padding: "same" } },
  },
  {
    name: "same, strides 2 × 3, kernel 2 × 5",
    nodes: {
      t: { type: "conv2d", filters: 4, kernelSize: [2, 5], strides: [2, 3], padding: "same" },
    },
  },
  {
    name: "explicit padding 1 with strides 2 on an even map, which is not same",
    shape: [8, 8, 2],
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, strides: 2, padding: 1 } },
  },
  {
    name: "padding that differs on every side",
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, padding: [0, 2, 3, 1] } },
  },
  {
    name: "a stride that leaves rows over",
    shape: [8, 9, 2],
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, strides: [3, 4], padding: "valid" } },
  },
  {
    name: "dilation 2",
    shape: [9, 9, 2],
    notEager: "noGradient",
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: 3, dilationRate: 2 } },
  },
  {
    name: "dilation 2 × 3, same",
    shape: [10, 9, 2],
    notEager: "noGradient",
    nodes: {
      t: { type: "conv2d", filters: 4, kernelSize: 3, dilationRate: [2, 3], padding: "same" },
    },
  },
  {
    name: "dilation 2 with strides 2 and explicit padding",
    shape: [10, 9, 2],
    notEager: "noGradient",
    nodes: {
      t: {
        type: "conv2d",
        filters: 4,
        kernelSize: 3,
        dilationRate: 2,
        strides: 2,
        padding: [1, 2],
      },
    },
  },
  {
    name: "1 × 1 with strides 2, few channels",
    shape: [8, 8, 2],
    // oneDNN has the gradient of this kernel wrong, and TensorFlow.js with it.
    notEager: "noGradient",
    nodes: { t: { type: "conv2d", filters: 3, kernelSize: 1, strides: 2, padding: "same" } },
  },
  {
    name: "1 × 1 with strides 3 × 2 that leave pixels over, few channels",
    shape: [8, 9, 3],
    notEager: "noGradient",
    nodes: { t: { type: "conv2d", filters: 2, kernelSize: 1, strides: [3, 2] } },
  },
  {
    name: "few outputs and inputs, of which two neighbouring pixels fill the lanes of the processor",
    shape: [5, 8, 2],
    nodes: { t: { type: "conv2d", filters: 3, kernelSize: [2, 3] } },
  },
  {
    name: "few outputs likewise, same",
    shape: [5, 8, 2],
    nodes: { t: { type: "conv2d", filters: 6, kernelSize: [3, 4], padding: "same" } },
  },
  {
    name: "few outputs likewise, without bias, with ReLU",
    shape: [6, 6, 4],
    nodes: {
      t: { type: "conv2d", filters: 8, kernelSize: 5, padding: "same", useBias: false },
      a: { type: "activation", activation: "relu" },
    },
  },
  {
    name: "few outputs likewise, of an even number of columns from an odd one",
    shape: [4, 7, 3],
    nodes: { t: { type: "conv2d", filters: 4, kernelSize: [3, 2], activation: "relu" } },
  },
  {
    name: "2 groups",
    nodes: { t: { type: "conv2d", filters: 6, kernelSize: 3, groups: 2, padding: "same" } },
  },
  {
    name: "as many groups as channels",
    nodes: { t: { type: "conv2d", filters: 8, kernelSize: 3, groups: 4, padding: "same" } },
  },
  {
    name: "as many groups as channels, strides 1 × 2",
    nodes: {
      t: { type: "conv2d", filters: 4, kernelSize: 3, groups: 4, strides: [1, 2], padding: "same" },
    },
  },
  {
    name: "as many groups as channels, dilation 2",
    notEager: "noGradient",
    nodes: {
      t: { type: "conv2d", filters: 4, kernelSize: 3, groups: 4, dilationRate: 2, padding: "same" },
    },
  },
  {
    name: "2 groups, dilation 2, strides 2",
    shape: [9, 9, 2],
    notEager: "noGradient",
    nodes: {
      t: { type: "conv2d", filters: 6, kernelSize: 3, groups: 2, dilationRate: 2, strides: 2 },
    },
  },
].map((one) => ({ ...one, name: `conv2d: ${one.name}` }) as GradientCase);

const kernelOptions: readonly (readonly [string, Nodes[string], GradientCase["notEager"]?])[] = [
  ["valid", {}],
  ["same, strides 2", { strides: 2, padding: "same" }],
  ["strides 2 × 1, no bias", { strides: [2, 1], padding: "same", useBias: false }],
  ["explicit padding", { strides: 2, padding: [0, 1, 2, 1] }],
  ["dilation 2", { dilationRate: 2, padding: "same" }, "noGradient"],
  ["dilation 1 × 2, strides 2", { dilationRate: [1, 2], strides: 2, padding: 1 }, "noGradient"],
  ["depth multiplier 3, tanh", { depthMultiplier: 3, activation: "tanh" }],
];

const depthwise = kernelOptions.flatMap(([name, options, notEager]): readonly GradientCase[] => [
  {
    name: `depthwiseConv2d: ${name}`,
    shape: [8, 7, 2],
    nodes: { t: { type: "depthwiseConv2d", kernelSize: 3, ...options } },
    ...(notEager && { notEager }),
  },
  {
    name: `separableConv2d: ${name}`,
    shape: [8, 7, 2],
    nodes: { t: { type: "separableConv2d", filters: 3, kernelSize: [3, 2], ...options } },
    ...(notEager && { notEager }),
  },
]);

const transposed = (
  [
    ["same, strides 2", { kernelSize: 3, strides: 2, padding: "same" }],
    ["valid, strides 2 × 3", { kernelSize: 3, strides: [2, 3] }],
    ["valid, kernel smaller than strides", { kernelSize: 2, strides: 3 }],
    [
      "same, kernel smaller than strides",
      { kernelSize: 1, strides: 2, padding: "same" },
      "noGradient",
    ],
    ["same, even kernel, no bias", { kernelSize: 4, strides: 2, padding: "same", useBias: false }],
    ["explicit padding", { kernelSize: 4, strides: 2, padding: 1 }, "noGradient"],
    [
      "explicit padding and outputPadding",
      { kernelSize: 3, strides: 2, padding: [1, 0, 0, 1], outputPadding: [1, 0] },
      "noGradient",
    ],
    ["dilation 2", { kernelSize: 3, dilationRate: 2, padding: "same" }, "noGradient"],
    [
      "dilation 2 with strides 2 and outputPadding beyond the last filter",
      { kernelSize: 1, strides: 2, padding: 0, outputPadding: 1 },
      "noGradient",
    ],
  ] as const
).map(([name, options, notEager]): GradientCase => ({
  name: `conv2dTranspose: ${name}`,
  shape: [4, 3, 2],
  nodes: { t: { type: "conv2dTranspose", filters: 3, ...options } },
  ...(notEager && { notEager }),
}));

const tables = (
  [
    ["a row for each filter", {}],
    [
      "same, strides 2, tanh, no bias",
      { strides: 2, padding: "same", activation: "tanh", useBias: false },
    ],
  ] as const
).map(([name, options]): GradientCase => ({
  name: `tableConv2d: ${name}`,
  nodes: {
    t: { type: "tableConv2d", connections: [[0, 1], [1, 2, 3], [3]], kernelSize: 3, ...options },
  },
}));

const windows: readonly (readonly [string, Nodes[string]])[] = [
  ["2 × 2", { poolSize: 2 }],
  ["3 × 3 strides 2, rows left over", { poolSize: 3, strides: 2 }],
  ["same, overlapping", { poolSize: 3, strides: 1, padding: "same" }],
  ["same, 3 × 2 strides 2", { poolSize: [3, 2], strides: 2, padding: "same" }],
  ["explicit padding", { poolSize: 3, strides: 2, padding: 1 }],
  ["padding that differs on every side", { poolSize: 3, strides: 2, padding: [0, 1, 1, 0] }],
  ["ceilMode", { poolSize: 3, strides: 2, ceilMode: true }],
  ["ceilMode with padding", { poolSize: 2, strides: 2, padding: [1, 1], ceilMode: true }],
];

const pools = windows.flatMap(([name, options]): readonly GradientCase[] => [
  {
    name: `maxPooling2d: ${name}`,
    shape: [7, 8, 2],
    nodes: { t: { type: "maxPooling2d", ...options } },
  },
  ...[false, true].map((countIncludePad) => ({
    name: `averagePooling2d: ${name}${countIncludePad ? ", countIncludePad" : ""}`,
    shape: [7, 8, 2],
    nodes: { t: { type: "averagePooling2d", ...options, countIncludePad } },
  })),
]);

const otherPools: readonly GradientCase[] = [
  {
    name: "adaptiveAveragePooling2d: bins that overlap",
    nodes: { t: { type: "adaptiveAveragePooling2d", outputSize: [3, 4] } },
  },
  {
    name: "adaptiveAveragePooling2d: whole factors",
    nodes: { t: { type: "adaptiveAveragePooling2d", outputSize: [7, 3] } },
  },
  {
    name: "adaptiveAveragePooling2d: more bins than pixels",
    shape: [2, 3, 2],
    nodes: { t: { type: "adaptiveAveragePooling2d", outputSize: [5, 3] } },
  },
  { name: "subsampling2d", nodes: { t: { type: "subsampling2d", poolSize: 2 } } },
  {
    name: "subsampling2d: same, sigmoid",
    nodes: {
      t: { type: "subsampling2d", poolSize: 3, strides: 2, padding: "same", activation: "sigmoid" },
    },
  },
];

const globals = ["globalAveragePooling2d", "globalMaxPooling2d"].flatMap(
  (type): readonly GradientCase[] => [
    { name: type, nodes: { t: { type } }, flatten: false },
    { name: `${type}: keepDimensions`, nodes: { t: { type, keepDimensions: true } } },
  ],
);

const normalizations: readonly GradientCase[] = [
  { name: "batchNormalization", nodes: { t: { type: "batchNormalization" } } },
  {
    name: "batchNormalization: three channels with neighbouring pixels in the lanes of the processor",
    shape: [4, 8, 3],
    nodes: { t: { type: "batchNormalization" } },
  },
  {
    name: "batchNormalization: twelve channels likewise, and ReLU",
    shape: [4, 4, 12],
    nodes: { t: { type: "batchNormalization" }, a: { type: "activation", activation: "relu" } },
  },
  {
    name: "batchNormalization: no center, no scale, large epsilon",
    nodes: { t: { type: "batchNormalization", center: false, scale: false, epsilon: 0.1 } },
  },
  {
    name: "batchNormalization: no center",
    nodes: { t: { type: "batchNormalization", center: false } },
  },
  {
    name: "batchNormalization: no scale",
    nodes: { t: { type: "batchNormalization", scale: false } },
  },
  {
    name: "batchNormalization of a vector",
    nodes: { f: { type: "flatten" }, t: { type: "batchNormalization" } },
    flatten: false,
  },
  ...["layerNormalization", "groupNormalization"].flatMap((type): readonly GradientCase[] => {
    const groups: Nodes[string] = type === "groupNormalization" ? { groups: 2 } : {};
    return [
      { name: type, nodes: { t: { type, ...groups } } },
      {
        name: `${type}: no center, no scale, large epsilon`,
        nodes: { t: { type, ...groups, center: false, scale: false, epsilon: 0.1 } },
      },
      {
        name: `${type} of a vector`,
        nodes: { f: { type: "flatten" }, t: { type, ...groups } },
        flatten: false,
      },
    ];
  }),
  { name: "localResponseNormalization", nodes: { t: { type: "localResponseNormalization" } } },
  {
    name: "localResponseNormalization: AlexNet's numbers, radius 1",
    nodes: {
      t: { type: "localResponseNormalization", depthRadius: 1, bias: 2, alpha: 0.1, beta: 0.75 },
    },
  },
  { name: "rescaling", nodes: { t: { type: "rescaling", scale: -2, offset: 0.5 } } },
  { name: "spatialDropout2d", nodes: { t: { type: "spatialDropout2d" } }, notEager: "random" },
  { name: "dropout", nodes: { t: { type: "dropout", rate: 0.4 } }, notEager: "random" },
  { name: "dropout: rate 0", nodes: { t: { type: "dropout", rate: 0 } }, notEager: "random" },
];

const slopes = ["perValue", "perChannel", "one"].map((one): GradientCase => ({
  name: `prelu: ${one}`,
  nodes: { t: { type: "prelu", slopes: one } },
}));

const functions = activations.flatMap((activation): readonly GradientCase[] => [
  { name: `activation: ${activation}`, nodes: { t: { type: "activation", activation } } },
  {
    name: `dense: ${activation}`,
    nodes: { f: { type: "flatten" }, t: { type: "dense", units: 5, activation } },
    flatten: false,
  },
]);

const branch = { type: "conv2d", from: "lead", filters: 4, kernelSize: 1 } as const;

const joins: readonly GradientCase[] = [
  ...["add", "multiply", "average", "maximum", "concatenate"].flatMap((type) => [
    {
      name: `${type}: two branches`,
      nodes: { a: branch, b: { ...branch, activation: "tanh" }, t: { type, from: ["a", "b"] } },
    },
    {
      name: `${type}: three branches, one of them twice`,
      nodes: {
        a: branch,
        b: { ...branch, activation: "tanh" },
        t: { type, from: ["a", "b", "a"] },
      },
    },
  ]),
  ...["add", "multiply", "average", "maximum"].map((type) => ({
    name: `${type}: stretched over the map, as in squeeze and excitation`,
    nodes: {
      pool: { type: "globalAveragePooling2d", from: "lead", keepDimensions: true },
      gate: { type: "conv2d", from: "pool", filters: 4, kernelSize: 1, activation: "sigmoid" },
      t: { type, from: ["lead", "gate"] },
    },
    // Its gradient of maximum does not sum over the axes that were stretched.
    ...(type === "maximum" && ({ notEager: "noGradient" } as const)),
  })),
  {
    name: "concatenate: vectors of two lengths",
    flatten: false,
    nodes: {
      f: { type: "flatten" },
      a: { type: "dense", from: "f", units: 3 },
      b: { type: "dense", from: "f", units: 5, activation: "tanh" },
      t: { type: "concatenate", from: ["a", "b"] },
    },
  },
];

const shapes: readonly GradientCase[] = [
  {
    name: "zeroPadding2d",
    nodes: { t: { type: "zeroPadding2d", padding: [1, 0, 2, 3] } },
  },
  { name: "channelPadding", nodes: { t: { type: "channelPadding", before: 1, after: 2 } } },
  { name: "flatten", nodes: { t: { type: "flatten" } }, flatten: false },
  { name: "reshape", nodes: { t: { type: "reshape", targetShape: [6, 14, 2] } } },
  { name: "cropping2d", nodes: { t: { type: "cropping2d", cropping: [1, 0, 2, 1] } } },
  { name: "channelShuffle", nodes: { t: { type: "channelShuffle", groups: 2 } } },
  ...["nearest", "bilinear"].flatMap((interpolation): readonly GradientCase[] => [
    {
      name: `upSampling2d: ${interpolation}`,
      nodes: { t: { type: "upSampling2d", interpolation } },
    },
    {
      name: `upSampling2d: ${interpolation}, 3 × 2`,
      nodes: { t: { type: "upSampling2d", interpolation, size: [3, 2] } },
    },
  ]),
  {
    name: "radialBasis",
    nodes: { f: { type: "flatten" }, t: { type: "radialBasis", units: 4 } },
    flatten: false,
  },
  {
    name: "dense: no bias",
    nodes: { f: { type: "flatten" }, t: { type: "dense", units: 5, useBias: false } },
    flatten: false,
  },
];

/** Every layer with every option that changes what is computed. */
export const gradientCases: readonly GradientCase[] = [
  ...convolutions,
  ...regularized,
  ...depthwise,
  ...transposed,
  ...tables,
  ...pools,
  ...otherPools,
  ...globals,
  ...normalizations,
  ...slopes,
  ...functions,
  ...joins,
  ...shapes,
];

/** The whole network of a case. */
export const nodesOf = ({ shape = [7, 6, 2], nodes, flatten }: GradientCase): Nodes => ({
  image: { type: "input", shape: [...shape] },
  lead: { type: "conv2d", filters: 4, kernelSize: 1, activation: "linear" },
  ...nodes,
  ...(flatten === false ? {} : { flat: { type: "flatten" } }),
  output: { type: "dense", units: 3, activation: "softmax" },
});
