import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/trainer/graph/compile.ts";
import { NotTrainableError } from "../../src/trainer/graph/notTrainableError.ts";
import { LossMismatchError } from "../../src/trainer/graph/losses.ts";
import type { OperationType } from "../../src/trainer/graph/operation.ts";
import type { TrainingGraph } from "../../src/trainer/graph/trainingGraph.ts";
import { writeSavedModel } from "../../src/trainer/engines/tfjsNode/savedModel.ts";
import { gradientCases, nodesOf } from "./support/gradientCases.ts";
import { type Nodes, networkOf, plainRecipe } from "./support/network.ts";

const classifier = { type: "dense", units: 3, activation: "softmax" } as const;

const twoConvolutions: Nodes = {
  image: { type: "input", shape: [8, 8, 2] },
  c1: { type: "conv2d", filters: 4, kernelSize: 3 },
  c2: { type: "conv2d", filters: 5, kernelSize: 3 },
  flat: { type: "flatten" },
  output: classifier,
};

const countOf = (graph: TrainingGraph, type: OperationType): number =>
  graph.operations.filter((operation) => operation.type === type).length;

describe("compile", () => {
  it("names weights by layer, in the order of the network", () => {
    const graph = compile(networkOf(twoConvolutions), plainRecipe);
    expect(graph.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ["c1/kernel", [3, 3, 2, 4]],
      ["c1/bias", [4]],
      ["c2/kernel", [3, 3, 4, 5]],
      ["c2/bias", [5]],
      ["output/kernel", [80, 3]],
      ["output/bias", [3]],
    ]);
  });

  it("computes no gradient with respect to the image", () => {
    const graph = compile(networkOf(twoConvolutions), plainRecipe);
    expect(countOf(graph, "Conv2DBackpropFilter")).toBe(2);
    expect(countOf(graph, "Conv2DBackpropInput")).toBe(1);
  });

  it("reads every weight once", () => {
    const graph = compile(networkOf(twoConvolutions), plainRecipe);
    // And once more after a step that is measured.
    expect(countOf(graph, "ReadVariableOp")).toBe(2 * graph.weights.length);
  });

  it.each(gradientCases)("puts operations in an order in which they can run: $name", (one) => {
    const { operations } = compile(networkOf(nodesOf(one)), plainRecipe);
    const made = new Set<string>();
    const early: string[] = [];
    for (const { name, inputs, after } of operations) {
      const needed = [...inputs.map(({ operation }) => operation), ...after];
      early.push(...needed.filter((other) => !made.has(other)));
      expect(made.has(name), `${name} is made twice`).toBe(false);
      made.add(name);
    }
    expect(early).toEqual([]);
  });

  it("makes the same graph from the same design, byte for byte", () => {
    const bytes = () => writeSavedModel(compile(networkOf(twoConvolutions), plainRecipe)).whole;
    expect(bytes()).toEqual(bytes());
  });

  it("remembers what each optimiser needs", () => {
    const slotsOf = (optimizer: Parameters<typeof compile>[1]["optimizer"]) =>
      compile(networkOf({ image: { type: "input", shape: [4] }, output: classifier }), {
        ...plainRecipe,
        optimizer,
      }).slots.map(({ name }) => name);
    expect(
      slotsOf({ ...defaultOptimizerRecipe("sgd"), learningRate: 1, momentum: 0, nesterov: false }),
    ).toEqual([]);
    expect(
      slotsOf({ ...defaultOptimizerRecipe("sgd"), learningRate: 1, momentum: 0.9, nesterov: true }),
    ).toEqual(["output/kernel/velocity", "output/bias/velocity"]);
    expect(
      slotsOf({
        ...defaultOptimizerRecipe("adam"),
        learningRate: 1,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-7,
      }),
    ).toEqual(["output/kernel/m", "output/kernel/v", "output/bias/m", "output/bias/v"]);
  });

  it("keeps moving averages out of the gradients and updates them in a step", () => {
    const graph = compile(
      networkOf({
        image: { type: "input", shape: [4, 4, 2] },
        norm: { type: "batchNormalization" },
        flat: { type: "flatten" },
        output: classifier,
      }),
      plainRecipe,
    );
    expect(Object.keys(graph.signatures.gradients!.outputs)).toEqual([
      "loss",
      "w0000",
      "w0001",
      "w0004",
      "w0005",
    ]);
    const updated = graph.operations.flatMap((operation) =>
      operation.type === "AssignSubVariableOp" &&
      graph.signatures.train_step!.updates.includes(operation.name)
        ? operation.attributes.variables
        : [],
    );
    expect(updated).toEqual(["norm/movingMean", "norm/movingVariance"]);
    expect(graph.signatures.evaluate!.updates).toEqual([]);
  });
});

describe("what cannot be trained is refused in words", () => {
  const refusal = (nodes: Nodes): string => {
    try {
      compile(networkOf(nodes), plainRecipe);
    } catch (error) {
      expect(error instanceof NotTrainableError || error instanceof LossMismatchError).toBe(true);
      return (error as Error).message;
    }
    return "accepted";
  };
  const image = { type: "input", shape: [4, 4, 2] } as const;

  it.each<readonly [string, Nodes, RegExp]>([
    [
      "cross-entropy without softmax",
      { image, flat: { type: "flatten" }, output: { type: "dense", units: 3 } },
      /activation softmax/u,
    ],
    [
      "a map as output",
      { image, output: { type: "conv2d", filters: 3, kernelSize: 1, activation: "softmax" } },
      /output is 4 × 4 × 3.*flatten/u,
    ],
    [
      "an auxiliary output without softmax",
      {
        image,
        flat: { type: "flatten" },
        one: { ...classifier, from: "flat" },
        two: { type: "dense", units: 3, from: "flat" },
      },
      /activation softmax/u,
    ],
    [
      "distances as output",
      { image, flat: { type: "flatten" }, output: { type: "radialBasis", units: 3 } },
      /smallest wins.*rescaling/u,
    ],
  ])("%s", (_name, nodes, words) => {
    expect(refusal(nodes)).toMatch(words);
  });

  it("takes a softmax layer of its own at the end", () => {
    expect(
      refusal({
        image,
        flat: { type: "flatten" },
        scores: { type: "dense", units: 3 },
        output: { type: "activation", activation: "softmax" },
      }),
    ).toBe("accepted");
  });
});
