import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { chain } from "../../src/core/zoo/chain.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import type { ZooNetwork, ZooNode } from "../../src/core/zoo/zooNetwork.ts";

/** A design to open, and the option that is edited in it. */
export interface BenchDesign {
  readonly id: "flat" | "blocks" | "large";
  readonly title: string;
  readonly text: string;
  /** True where every block is opened before anything is measured. */
  readonly hasBlocks: boolean;
  /** Node near the beginning that is edited and dragged, the option, and the values it gets in turn. */
  readonly edited: {
    readonly node: string;
    /** Card whose number changes with it: the node, or a part of it where it stands open. */
    readonly card: string;
    readonly option: string;
    readonly values: readonly [number, number];
  };
}

type Nodes = Record<string, ZooNode>;

const normalized = (name: string, nodes: Nodes, convolution: Omit<ZooNode, "type">): void => {
  nodes[`${name}_bn`] = { type: "batchNormalization" };
  nodes[`${name}_relu`] = { type: "activation" };
  nodes[`${name}_conv`] = { type: "conv2d", padding: "same", useBias: false, ...convolution };
};

/** DenseNet-201 as its layers, each a node of the file. */
function flatDenseNet(): Readonly<Nodes> {
  const nodes: Nodes = {
    image: { type: "input", shape: [224, 224, 3] },
    conv: {
      type: "conv2d",
      filters: 64,
      kernelSize: 7,
      strides: 2,
      padding: 3,
      useBias: false,
    },
    bn: { type: "batchNormalization" },
    relu: { type: "activation" },
    pool: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 },
  };
  let last = "pool";
  let channels = 64;
  for (const [index, layers] of [6, 12, 48, 32].entries()) {
    const block = index + 1;
    for (let layer = 1; layer <= layers; layer++) {
      const name = `d${block}_${layer}`;
      normalized(`${name}a`, nodes, { filters: 128, kernelSize: 1 });
      normalized(`${name}b`, nodes, { filters: 32, kernelSize: 3 });
      nodes[`${name}_join`] = { type: "concatenate", from: [last, `${name}b_conv`] };
      last = `${name}_join`;
      channels += 32;
    }
    if (block < 4) {
      channels /= 2;
      normalized(`t${block}`, nodes, { filters: channels, kernelSize: 1 });
      nodes[`t${block}_pool`] = { type: "averagePooling2d", poolSize: 2 };
      last = `t${block}_pool`;
    }
  }
  nodes["end_bn"] = { type: "batchNormalization" };
  nodes["end_relu"] = { type: "activation" };
  nodes["average"] = { type: "globalAveragePooling2d" };
  nodes["output"] = { type: "dense", units: 1000, activation: "softmax" };
  return chain(nodes);
}

/** Two thousand nodes: a residual network of 399 units with five layers each. */
function largeResNet(): Readonly<Nodes> {
  const nodes: Nodes = {
    image: { type: "input", shape: [32, 32, 3] },
    conv: { type: "conv2d", filters: 16, kernelSize: 3, padding: "same" },
  };
  let last = "conv";
  for (let unit = 1; unit <= 399; unit++) {
    normalized(`u${unit}a`, nodes, { filters: 16, kernelSize: 3 });
    nodes[`u${unit}b`] = { type: "conv2d", filters: 16, kernelSize: 1 };
    nodes[`u${unit}_add`] = { type: "add", from: [last, `u${unit}b`] };
    last = `u${unit}_add`;
  }
  nodes["end_relu"] = { type: "activation" };
  nodes["average"] = { type: "globalAveragePooling2d" };
  nodes["output"] = { type: "dense", units: 10, activation: "softmax" };
  return chain(nodes);
}

const densenet = (): ZooNetwork => {
  const found = zoo.find(({ id }) => id === "densenet201");
  if (found === undefined) throw new Error("The zoo has no densenet201.");
  return found;
};

const fileOf = (name: string, nodes: Readonly<Nodes>): string =>
  zooText({ ...densenet(), name, nodes });

const totalOf = (text: string): number => analyzeText(text).analysis.totals.parameters.total;

/** The designs that are measured. */
export function benchDesigns(): readonly BenchDesign[] {
  const blocks = zooText(densenet());
  const flat = fileOf("DenseNet-201, layers", flatDenseNet());
  if (totalOf(blocks) !== totalOf(flat)) {
    throw new Error("The layers of DenseNet-201 are not those of its blocks.");
  }
  return [
    {
      id: "flat",
      title: "DenseNet-201, a node a layer",
      text: flat,
      hasBlocks: false,
      edited: { node: "conv", card: "conv", option: "filters", values: [80, 64] },
    },
    {
      id: "blocks",
      title: "DenseNet-201, all blocks open",
      text: blocks,
      hasBlocks: true,
      edited: { node: "conv1", card: "conv1/conv", option: "filters", values: [80, 64] },
    },
    {
      id: "large",
      title: "2,000 nodes",
      text: fileOf("Two thousand nodes", largeResNet()),
      hasBlocks: false,
      edited: { node: "conv", card: "conv", option: "kernelSize", values: [5, 3] },
    },
  ];
}
