import { describe, expect, test } from "vitest";
import { chain } from "../../../src/core/zoo/chain.ts";
import type { ZooNode } from "../../../src/core/zoo/zooNetwork.ts";
import { designOf } from "../designOf.ts";

type Nodes = Readonly<Record<string, ZooNode>>;

interface Expected {
  readonly trainable?: number;
  readonly total?: number;
  readonly macs?: number;
  /** Size and padding of the receptive field at a node. */
  readonly field?: readonly [node: string, size: number, padding: number];
}

const image = (...shape: readonly number[]): ZooNode => ({ type: "input", shape });

const stages = (
  units: readonly number[],
  options: object,
  strides: readonly number[] = [1, 2, 2, 2],
) =>
  Object.fromEntries(
    [64, 128, 256, 512].map((filters, index): [string, ZooNode] => [
      `conv${index + 2}`,
      {
        type: "residualBlock",
        filters,
        strides: strides[index]!,
        ...options,
        repeat: units[index]!,
      },
    ]),
  );

const classifier: Nodes = {
  average: { type: "globalAveragePooling2d" },
  output: { type: "dense", units: 1000 },
};

const stem: Nodes = {
  image: image(224, 224, 3),
  conv1: { type: "convBlock", filters: 64, kernelSize: 7, strides: 2, padding: 3 },
  pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 },
};

const final: Nodes = { bn: { type: "batchNormalization" }, relu: { type: "activation" } };

const fifty = [3, 4, 6, 3];
const bottleneck = { bottleneck: true };
const paper = { bottleneck: true, strideOn: "1x1" };
const dense = (type: string, options: object): ZooNode => ({ type, ...options });

/** Designs that are in no gallery, with the totals of the code that defines them. */
const variants: Readonly<Record<string, readonly [nodes: Nodes, expected: Expected]>> = {
  "ResNet-50 of Keras: every convolution with a bias": [
    {
      ...stem,
      conv1: { ...stem["conv1"]!, useBias: true },
      ...stages(fifty, { ...paper, biases: "all" }),
      ...classifier,
    },
    { trainable: 25583592, total: 25636712, macs: 3857973248, field: ["conv5", 483, 241] },
  ],
  "ResNet-50 of MSRA's Caffe files: a bias in conv1, a pool without padding that rounds up": [
    {
      ...stem,
      conv1: { ...stem["conv1"]!, useBias: true },
      pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, ceilMode: true },
      ...stages(fifty, paper),
      ...classifier,
    },
    { trainable: 25557096, total: 25610216, macs: 3857973248, field: ["conv5", 483, 239] },
  ],
  "ResNet-50 of TF-Slim: the step in the last unit, the stem's pool with same padding": [
    {
      ...stem,
      pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: "same" },
      ...stages(fifty, { ...bottleneck, strideIn: "last" }, [2, 2, 2, 1]),
    },
    { trainable: 23508032, total: 23561152, macs: 3480207360, field: ["conv5", 483, 239] },
  ],
  "pre-activation ResNet-50 with a normalized stem": [
    { ...stem, ...stages(fifty, { ...paper, order: "preActivation" }), ...final, ...classifier },
    { trainable: 25549480, total: 25595048, macs: 3857973248, field: ["relu", 483, 241] },
  ],
  "SE-ResNet-50": [
    { ...stem, ...stages(fifty, { ...paper, squeezeRatio: 16 }), ...classifier },
    { trainable: 28088024 },
  ],
  "Wide ResNet-50-2": [
    { ...stem, ...stages(fifty, { ...bottleneck, groupWidth: 128 }), ...classifier },
    { trainable: 68883240 },
  ],
  "ResNet-34 with zero channels (option A of the paper)": [
    { ...stem, ...stages(fifty, { shortcut: "zeroPadding" }), ...classifier },
    { trainable: 21623848, macs: 3644493824, field: ["conv5", 899, 449] },
  ],
  "ResNet-1202 for CIFAR": [
    {
      image: image(32, 32, 3),
      conv1: { type: "convBlock", filters: 16 },
      ...Object.fromEntries(
        [16, 32, 64].map((filters, index): [string, ZooNode] => [
          `stage${index + 1}`,
          {
            type: "residualBlock",
            filters,
            strides: index === 0 ? 1 : 2,
            shortcut: "zeroPadding",
            repeat: 200,
          },
        ]),
      ),
      average: { type: "globalAveragePooling2d" },
      output: { type: "dense", units: 10 },
    },
    { trainable: 19421274, macs: 2829238912, field: ["stage3", 5597, 2798] },
  ],
  "DenseNet-161": [
    {
      image: image(224, 224, 3),
      conv1: { type: "convBlock", filters: 96, kernelSize: 7, strides: 2, padding: 3 },
      pool1: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 },
      dense1: dense("denseBlock", { layers: 6, growthRate: 48 }),
      transition1: { type: "transitionBlock" },
      dense2: dense("denseBlock", { layers: 12, growthRate: 48 }),
      transition2: { type: "transitionBlock" },
      dense3: dense("denseBlock", { layers: 36, growthRate: 48 }),
      transition3: { type: "transitionBlock" },
      dense4: dense("denseBlock", { layers: 24, growthRate: 48 }),
      ...final,
      ...classifier,
    },
    { trainable: 28681000 },
  ],
  "VGG-16 with 1 × 1 convolutions (configuration C)": [
    {
      image: image(224, 224, 3),
      ...Object.fromEntries(
        [64, 128, 256, 512, 512].flatMap((filters, index): [string, ZooNode][] => {
          const convolution = { type: "conv2d", filters, kernelSize: 3, padding: "same" };
          return [
            [`conv${index}`, { ...convolution, repeat: 2 }],
            ...(index < 2
              ? []
              : [[`point${index}`, { ...convolution, kernelSize: 1 }] as [string, ZooNode]]),
            [`pool${index}`, { type: "maxPooling2d" }],
          ];
        }),
      ),
      flatten: { type: "flatten" },
      fc6: { type: "dense", units: 4096 },
      fc7: { type: "dense", units: 4096 },
      fc8: { type: "dense", units: 1000 },
    },
    { trainable: 133638952 },
  ],
  "LeNet of Caffe": [
    {
      image: image(28, 28, 1),
      conv1: { type: "conv2d", filters: 20, kernelSize: 5 },
      pool1: { type: "maxPooling2d" },
      conv2: { type: "conv2d", filters: 50, kernelSize: 5 },
      pool2: { type: "maxPooling2d" },
      flatten: { type: "flatten" },
      ip1: { type: "dense", units: 500 },
      ip2: { type: "dense", units: 10 },
    },
    { trainable: 431080, macs: 2293000 },
  ],
};

describe("variants that no gallery holds", () => {
  test.each(Object.entries(variants))("%s", (_name, [nodes, expected]) => {
    const { analysis } = designOf(chain(nodes));
    const { parameters, macs, status } = analysis.totals;
    expect(status).toBe("exact");
    const { field } = expected;
    const found = field && analysis.nodes.get(field[0])?.receptiveField;
    expect({
      ...(expected.trainable === undefined ? {} : { trainable: parameters.trainable }),
      ...(expected.total === undefined ? {} : { total: parameters.total }),
      ...(expected.macs === undefined ? {} : { macs }),
      ...(field === undefined ? {} : { field: [field[0], found?.size[0], found?.padding[0]] }),
    }).toEqual(expected);
  });
});

describe("units of the papers", () => {
  const weightsOf = (channels: number, block: object) =>
    designOf({
      image: image(14, 14, channels),
      unit: { from: "image", ...block },
    }).analysis.nodes.get("unit")!.parameters.trainable;
  const residual = { type: "residualBlock", filters: 64 };

  test("basic, bottleneck, and their pre-activated forms", () => {
    expect(weightsOf(64, residual)).toBe(73728 + 256);
    expect(weightsOf(256, { ...residual, bottleneck: true })).toBe(69632 + 768);
    expect(weightsOf(64, { ...residual, order: "preActivation" })).toBe(73728 + 256);
    expect(weightsOf(256, { ...residual, bottleneck: true, order: "preActivation" })).toBe(
      69632 + 768,
    );
  });

  test("the layers of a dense block, with and without bottlenecks", () => {
    const block = { type: "denseBlock", layers: 3, growthRate: 12 };
    const plain = [0, 1, 2].reduce((sum, layer) => {
      const inputs = 24 + 12 * layer;
      return sum + 9 * inputs * 12 + 2 * inputs;
    }, 0);
    expect(weightsOf(24, { ...block, bottleneck: false })).toBe(plain);
    const narrow = [0, 1, 2].reduce((sum, layer) => {
      const inputs = 24 + 12 * layer;
      return sum + 48 * inputs + 36 * 144 + 2 * inputs + 96;
    }, 0);
    expect(weightsOf(24, block)).toBe(narrow);
  });

  test("MobileNet v2 sees 491 pixels; how it is padded moves the window, not its size", () => {
    const network = (padding: unknown) => {
      const block = (filters: number, strides: number, repeat: number, expansion = 6) => ({
        type: "invertedResidualBlock",
        filters,
        strides,
        repeat,
        expansion,
        padding: padding as number,
      });
      return designOf(
        chain({
          image: image(224, 224, 3),
          conv1: { type: "convBlock", filters: 32, strides: 2, padding: padding as number },
          stage1: block(16, 1, 1, 1),
          stage2: block(24, 2, 2),
          stage3: block(32, 2, 3),
          stage4: block(64, 2, 4),
          stage5: block(96, 1, 3),
          stage6: block(160, 2, 3),
          stage7: block(320, 1, 1),
        }),
      ).analysis.nodes.get("stage7")?.receptiveField;
    };
    expect(network(1)).toMatchObject({ size: [491, 491], padding: [245, 245] });
    expect(network("same")).toMatchObject({ size: [491, 491], padding: [214, 214] });
  });
});
