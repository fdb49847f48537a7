import * as tf from "@tensorflow/tfjs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzeText, type AnalyzedDesign } from "../../../src/core/analysis/analyze.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";
import { designOf } from "../designOf.ts";

interface Node {
  readonly type: string;
  readonly from?: string | readonly string[];
  readonly shape?: readonly number[];
  readonly [option: string]: unknown;
}

const extent = (maximum: number) => fc.integer({ min: 1, max: maximum });
const padding = fc.constantFrom("same", "valid");

/** Layers of a chain that TensorFlow.js has under the same names and options. */
const link: fc.Arbitrary<Node> = fc.oneof(
  fc.record({
    type: fc.constant("conv2d"),
    filters: extent(5),
    kernelSize: extent(3),
    strides: extent(2),
    padding,
    useBias: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("separableConv2d"),
    filters: extent(5),
    kernelSize: extent(3),
    padding,
  }),
  fc.record({ type: fc.constant("depthwiseConv2d"), kernelSize: extent(3), padding }),
  fc.record({ type: fc.constant("conv2dTranspose"), filters: extent(4), kernelSize: extent(3) }),
  fc.record({ type: fc.constant("batchNormalization"), center: fc.boolean(), scale: fc.boolean() }),
  fc.record({ type: fc.constant("maxPooling2d"), poolSize: extent(3), padding }),
  fc.record({ type: fc.constant("averagePooling2d"), poolSize: extent(2), padding }),
);

/** A chain with a shortcut around some of its links, joined by channels, and a classifier behind it. */
const chains = fc.record({
  shape: fc.tuple(extent(12), extent(12), extent(4)),
  links: fc.array(link, { maxLength: 6 }),
  joins: fc.array(fc.nat(5), { maxLength: 2 }),
  ending: fc.constantFrom("flatten", "globalAveragePooling2d"),
  units: extent(9),
});

type Chain = typeof chains extends fc.Arbitrary<infer C> ? C : never;

function nodesOf({ shape, links, joins, ending, units }: Chain): Readonly<Record<string, Node>> {
  const nodes: Record<string, Node> = { image: { type: "input", shape } };
  let last = "image";
  for (const [index, options] of links.entries()) {
    nodes[`n${index}`] = { from: last, ...options };
    last = `n${index}`;
    if (joins.includes(index)) {
      nodes[`j${index}`] = { type: "concatenate", from: [last, last] };
      last = `j${index}`;
    }
  }
  nodes["end"] = { type: ending, from: last };
  nodes["output"] = { type: "dense", from: "end", units };
  return nodes;
}

/** The same design built in TensorFlow.js, node by node. */
function modelOf(nodes: Readonly<Record<string, Node>>): tf.LayersModel {
  const made = new Map<string, tf.SymbolicTensor>();
  for (const [name, { type, from = [], shape = [], ...options }] of Object.entries(nodes)) {
    const inputs = [from].flat().map((id) => made.get(id)!);
    const build = tf.layers[type as "dense"] as (options: object) => tf.layers.Layer;
    const output =
      type === "input"
        ? tf.input({ shape: [...shape], name })
        : build({ ...options, name }).apply(inputs.length === 1 ? inputs[0]! : inputs);
    made.set(name, output as tf.SymbolicTensor);
  }
  return tf.model({ inputs: made.get("image")!, outputs: made.get("output")! });
}

describe("random designs", () => {
  test("have the shapes and the countParams() of the model that TensorFlow.js makes of them", () => {
    let compared = 0;
    fc.assert(
      fc.property(chains, (chain) => {
        const nodes = nodesOf(chain);
        const { analysis } = designOf(nodes);
        if (analysis.totals.status !== "exact") return;
        const model = modelOf(nodes);
        compared++;
        expect({
          parameters: analysis.totals.parameters.total,
          shapes: analysis.layers.map(({ id, outputShape }) => [id, outputShape]),
        }).toEqual({
          parameters: model.countParams(),
          shapes: Object.keys(nodes).map((id) => [
            id,
            (model.getLayer(id).outputShape as number[]).slice(1),
          ]),
        });
        model.dispose();
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

/** Sums over the layers of each node and of all of them. */
function sumsOf({ analysis }: AnalyzedDesign) {
  const sum = (parts: typeof analysis.layers) => ({
    trainable: parts.reduce((total, { parameters }) => total + parameters.trainable, 0),
    nonTrainable: parts.reduce((total, { parameters }) => total + parameters.nonTrainable, 0),
    macs: parts.reduce((total, { macs }) => total + macs, 0),
  });
  const nodes = [...analysis.nodes.keys()].map((node) => [
    node,
    sum(analysis.layers.filter((layer) => layer.node === node)),
  ]);
  return { total: sum(analysis.layers), nodes };
}

function subtotalsOf({ analysis }: AnalyzedDesign) {
  const plain = ({ parameters, macs }: typeof analysis.totals) => ({
    trainable: parameters.trainable,
    nonTrainable: parameters.nonTrainable,
    macs,
  });
  const nodes = [...analysis.nodes].map(([node, numbers]) => [node, plain(numbers)]);
  return { total: plain(analysis.totals), nodes };
}

describe("every published network", () => {
  test.each(zoo.map((network) => [network.id, zooText(network)] as const))(
    "%s: subtotals are sums of layers, and the same text gives the same network",
    (_id, text) => {
      const design = analyzeText(text);
      expect(subtotalsOf(design)).toEqual(sumsOf(design));
      // Another design in between, so that nothing of it may be left over.
      analyzeText(text.replaceAll(/"filters": (\d+)/g, '"filters": 1$1'));
      const again = analyzeText(text);
      expect(again.network.layers).toEqual(design.network.layers);
      expect(again.network.blocks).toEqual(design.network.blocks);
      expect(again.analysis).toEqual(design.analysis);
    },
  );
});
