import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import type { ZooNode } from "../../../src/core/zoo/zooNetwork.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";

interface Reference {
  readonly id: string;
  readonly input_shape_CHW: readonly number[];
  readonly params: {
    readonly trainable: number;
    readonly non_trainable: number;
    readonly total: number;
  };
  readonly macs: number;
  readonly output_shape: readonly number[];
  readonly feature_shape: readonly number[];
  readonly receptive_field: {
    readonly size_yx: readonly number[];
    readonly effective_stride_yx: readonly number[];
    readonly effective_padding_yx: readonly number[];
    readonly center_of_unit0_yx: readonly number[];
    readonly aligned: boolean;
    readonly hull_yx: readonly number[];
  };
}

const references = (
  JSON.parse(readFileSync(new URL("../reference/networks.json", import.meta.url), "utf8")) as {
    readonly networks: readonly Reference[];
  }
).networks;

/** Design of each entry: a network of the zoo, changed where the entry differs, and the node it is measured at. */
const designs: Readonly<
  Record<
    string,
    readonly [
      zooId: string,
      featureNode: string,
      changes?: Readonly<Record<string, Partial<ZooNode>>>,
    ]
  >
> = {
  lenet5_modern_32: ["lenet5", "s4", { image: { shape: [32, 32, 1] }, c1: { padding: "valid" } }],
  lenet5_modern_28_pad2: ["lenet5", "s4"],
  lenet5_modern_28_nopad: ["lenet5", "s4", { c1: { padding: "valid" } }],
  alexnet_2gpu_grouped: ["alexnet", "pool5"],
  alexnet_1gpu_ungrouped: ["alexnetOneGpu", "pool5"],
  alexnet_torchvision: ["alexnetTorchvision", "pool5"],
  vgg16: ["vgg16", "pool5"],
  googlenet_caffe: ["googlenet", "inception5b"],
  googlenet_torchvision_noaux: ["googlenetTorchvision", "inception5b"],
  inception_naive_slide: ["inceptionNaive", "module"],
  inception_dimred_slide: ["inceptionReduced", "module"],
  bottleneck_example_direct: ["convolutionDirect", "conv"],
  bottleneck_example_1x1: ["convolutionBottleneck", "conv"],
  resnet18_torchvision: ["resnet18", "conv5"],
  resnet50_torchvision: ["resnet50v15", "conv5"],
  resnet152_torchvision: ["resnet152v15", "conv5"],
  plain34: ["plain34", "conv5"],
  resnet50_paper_stride1x1: ["resnet50", "conv5"],
  resnet50v2_keras: ["resnet50v2", "relu"],
  resnet152v2_keras: ["resnet152v2", "relu"],
  resnet20_cifar_A: ["resnet20", "stage3"],
  resnet20_cifar_B: ["resnet20Projection", "stage3"],
  preact_resnet164_cifar: ["resnet164PreActivation", "relu"],
  densenet121: ["densenet121", "relu"],
  densenet40_k12_cifar_paper: ["densenet40", "relu"],
  dense_block_slide_5x_k4: ["denseBlock", "dense"],
};

function textOf(zooId: string, changes: Readonly<Record<string, Partial<ZooNode>>> = {}): string {
  const network = zoo.find(({ id }) => id === zooId);
  if (network === undefined) throw new Error(`no ${zooId} in the zoo`);
  const nodes = Object.fromEntries(
    Object.entries(network.nodes).map(([id, node]) => [id, { ...node, ...changes[id] } as ZooNode]),
  );
  return zooText({ ...network, nodes });
}

const channelsLast = ([channels, ...size]: readonly number[]) =>
  size.length === 0 ? [channels] : [...size, channels];

describe("published networks, to the unit", () => {
  test("every entry of the reference is checked", () => {
    expect(Object.keys(designs)).toEqual(references.map(({ id }) => id));
  });

  test.each(references)("$id", (reference) => {
    const [zooId, featureNode, changes] = designs[reference.id]!;
    const { analysis } = analyzeText(textOf(zooId, changes));
    const feature = analysis.nodes.get(featureNode);
    const field = reference.receptive_field;
    expect(analysis.problems.filter(({ severity }) => severity !== "information")).toEqual([]);
    expect({
      parameters: analysis.totals.parameters,
      macs: analysis.totals.macs,
      status: analysis.totals.status,
      outputShape: analysis.totals.outputShape,
      featureShape: feature?.outputShape,
      receptiveField: feature?.receptiveField,
    }).toEqual({
      parameters: {
        total: reference.params.total,
        trainable: reference.params.trainable,
        nonTrainable: reference.params.non_trainable,
      },
      macs: reference.macs,
      status: "exact",
      outputShape: channelsLast(reference.output_shape),
      featureShape: channelsLast(reference.feature_shape),
      receptiveField: {
        size: field.hull_yx,
        stride: field.effective_stride_yx,
        padding: field.effective_padding_yx,
        center: field.center_of_unit0_yx,
        aligned: field.aligned,
      },
    });
  });
});
