import { expect, it } from "vitest";
import { designMark } from "../../src/core/design/designMark.ts";
import { parseDesign } from "../../src/core/design/parse.ts";

const design = {
  version: 1,
  name: "Tiny",
  nodes: {
    image: { type: "input", shape: [8, 8, 1] },
    c1: { type: "conv2d", from: "image", filters: 8, kernelSize: 3 },
  },
  training: { dataset: "synthetic", epochs: 4 },
};

const markOf = (changed: object, indent?: number): string =>
  designMark(parseDesign(JSON.stringify({ ...design, ...changed }, undefined, indent)).design);

it("is another one exactly where a design trains in another way", () => {
  const { image, c1 } = design.nodes;
  const { type, from, filters, kernelSize } = c1;
  const alike = [
    markOf({}, 2),
    markOf({ name: "Other" }),
    markOf({ canvas: { c1: [10, 20] } }),
    markOf({ budget: { parameters: 10 } }),
    markOf({ nodes: { c1: { kernelSize, filters, from, type }, image } }),
    markOf({ training: { epochs: 4, dataset: { type: "synthetic" }, seed: 1 } }),
  ];
  const others = [
    markOf({ nodes: { image, c1: { ...c1, filters: 9 } } }),
    markOf({ nodes: { image, c2: c1 } }),
    markOf({ training: { ...design.training, epochs: 5 } }),
    markOf({ training: { ...design.training, optimizer: { type: "sgd" } } }),
    markOf({
      blocks: { own: { inputs: ["x"], nodes: { c: { type: "relu", from: "x" } }, output: "c" } },
    }),
  ];
  expect([new Set([markOf({}), ...alike]).size, new Set([markOf({}), ...others]).size]).toEqual([
    1,
    others.length + 1,
  ]);
});
