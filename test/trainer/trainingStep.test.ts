import { beforeAll, describe, expect, it } from "vitest";
import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { Batch, TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { type CompiledRecipe, compile } from "../../src/trainer/graph/compile.ts";
import {
  differenceErrors,
  randomBatch,
  randomWeights,
  relativeError,
  tolerance,
} from "./support/check.ts";
import { loadEngine } from "./support/engine.ts";
import { type Nodes, networkOf, plainRecipe } from "./support/network.ts";

const image = { type: "input", shape: [6, 6, 2] } as const;
const classifier = { type: "dense", units: 3, activation: "softmax" } as const;

/** Two heads beside the main output, one of them a block. */
const withHeads: Nodes = {
  image,
  c1: { type: "conv2d", filters: 4, kernelSize: 3, activation: "tanh" },
  c2: { type: "conv2d", filters: 4, kernelSize: 3, activation: "tanh" },
  flat: { type: "flatten" },
  output: classifier,
  early: { type: "flatten", from: "c1" },
  side: classifier,
  head: {
    type: "auxiliaryHead",
    from: "c1",
    units: 3,
    filters: 3,
    hiddenUnits: 5,
    poolSize: 2,
    strides: 2,
    rate: 0,
    activation: "tanh",
  },
};

const oneOf = ({ images, labels, size }: Batch, at: number, classes: number): Batch => ({
  size: 1,
  images: images.slice((at * images.length) / size, ((at + 1) * images.length) / size),
  labels: labels.slice(at * classes, (at + 1) * classes),
});

const withActivation = (activation: string): Nodes => ({
  image,
  c1: { type: "conv2d", filters: 4, kernelSize: 3, activation: "tanh" },
  flat: { type: "flatten" },
  output: { ...classifier, activation },
});

const gradientCases: readonly (readonly [string, Nodes, Partial<CompiledRecipe>])[] = [
  ["auxiliary outputs", withHeads, { auxiliaryWeight: 0.7 }],
  ["label smoothing", withActivation("softmax"), { labelSmoothing: 0.3 }],
  ["binary cross-entropy", withActivation("sigmoid"), { loss: "binaryCrossentropy" }],
  [
    "binary cross-entropy, smoothed",
    withActivation("sigmoid"),
    { loss: "binaryCrossentropy", labelSmoothing: 0.2 },
  ],
  ["mean squared error", withActivation("tanh"), { loss: "meanSquaredError" }],
];

describe.each(["native", "WASM"])("a step on the %s engine", (name) => {
  let engine: TrainingEngine;
  beforeAll(() => {
    engine = name === "WASM" ? new WasmEngine({ threads: 2 }) : loadEngine().engine;
  });

  const loaded = async (nodes: Nodes, recipe: Partial<CompiledRecipe> = {}) => {
    const graph = compile(networkOf(nodes), { ...plainRecipe, ...recipe }, { diagnosis: true });
    const session = await engine.load(graph);
    const weights = randomWeights(graph.weights);
    await session.setWeights(weights);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
    return { graph, session, weights, batch };
  };

  it.each(gradientCases)("has the gradients of %s", async (_name, nodes, recipe) => {
    const { graph, session, weights, batch } = await loaded(nodes, recipe);
    const errors = await differenceErrors(session, graph.weights, weights, batch);
    session.dispose();
    expect(Object.keys(errors)).toEqual(graph.weights.map((weight) => weight.name));
    for (const [weight, error] of Object.entries(errors)) {
      expect(error, weight).toBeLessThan(tolerance);
    }
  });

  it("lets an example count as much as its label, smoothed or not", async () => {
    for (const labelSmoothing of [0, 0.2]) {
      const recipe = { classWeights: "balanced", labelSmoothing } as const;
      const { graph, session, weights, batch } = await loaded(withActivation("softmax"), recipe);
      const even = await loaded(withActivation("softmax"), { labelSmoothing });
      const each = [3, 0.5, 1, 0.25];
      const labels = batch.labels.map(
        (label, at) => label * (each[Math.floor(at / graph.classes)] ?? 1),
      );
      const losses = await Promise.all(
        each.map((_, at) => even.session.evaluate(oneOf(batch, at, graph.classes))),
      );
      const wanted = losses.reduce((sum, { loss }, at) => sum + loss * (each[at] ?? 0), 0) / 4;
      const weighted = { ...batch, labels };
      expect((await session.evaluate(weighted)).loss).toBeCloseTo(wanted, 5);
      const errors = await differenceErrors(session, graph.weights, weights, weighted);
      for (const [weight, error] of Object.entries(errors)) {
        expect(error, weight).toBeLessThan(tolerance);
      }
      session.dispose();
      even.session.dispose();
    }
  });

  it("adds auxiliary losses by their weight, and evaluates the main output alone", async () => {
    const { graph, session, batch } = await loaded(withHeads, { auxiliaryWeight: 0.25 });
    const evaluated = await session.evaluate(batch);
    const result = await session.trainStep(batch, { learningRate: 0.1, step: 1 });
    session.dispose();
    const [main = NaN, ...others] = result.outputLosses ?? [];
    expect(graph.outputs[0]).toBe("output");
    expect(graph.outputs.toSorted()).toEqual(["head", "output", "side"]);
    expect(others).toHaveLength(2);
    expect(main).toBeCloseTo(evaluated.loss, 5);
    const total = main + 0.25 * others.reduce((sum, loss) => sum + loss, 0);
    expect(result.loss).toBeCloseTo(total, 5);
    expect(others.every((loss) => loss > 0)).toBe(true);
  });

  it("leaves frozen layers alone, and trains what is before them", async () => {
    const nodes: Nodes = {
      image,
      c1: { type: "conv2d", filters: 4, kernelSize: 3, activation: "tanh" },
      c2: { type: "conv2d", filters: 4, kernelSize: 3, trainable: false },
      norm: { type: "batchNormalization", trainable: false },
      flat: { type: "flatten" },
      output: classifier,
    };
    const optimizer = { ...defaultOptimizerRecipe("sgd"), momentum: 0.9, weightDecay: 0.1 };
    const { graph, session, weights, batch } = await loaded(nodes, { optimizer });
    const averages = weights.map((values, index) =>
      graph.weights[index]?.name === "norm/movingVariance" ? values.map((x) => 1 + x ** 2) : values,
    );
    await session.setWeights(averages);
    const errors = await differenceErrors(session, graph.weights, averages, batch);
    const before = (await session.evaluate(batch)).loss;
    const { loss } = await session.trainStep(batch, { learningRate: 0.1, step: 1 });
    const after = await session.getWeights();
    session.dispose();
    const trained = ["c1/kernel", "c1/bias", "output/kernel", "output/bias"];
    expect(Object.keys(errors)).toEqual(trained);
    for (const [weight, error] of Object.entries(errors)) {
      expect(error, weight).toBeLessThan(tolerance);
    }
    // The frozen normalisation does in training what it does in evaluation.
    expect(loss).toBeCloseTo(before, 5);
    const changed = graph.weights.flatMap((weight, index) =>
      averages[index]!.every((value, at) => value === after[index]![at]) ? [] : [weight.name],
    );
    expect(changed).toEqual(trained);
    expect(graph.slots.map((slot) => slot.name)).toEqual(
      trained.map((weight) => `${weight}/velocity`),
    );
  });

  it("measures gradients, weights and what a step changes", async () => {
    const optimizer = { ...defaultOptimizerRecipe("adam"), weightDecay: 0.1 };
    const { graph, session, weights, batch } = await loaded(withHeads, { optimizer });
    const { gradients } = await session.gradients(batch, 1);
    const options = { learningRate: 0.01, step: 1 };
    const { statistics } = await session.trainStep(batch, { ...options, measure: true });
    const after = await session.getWeights();
    const plain = await session.trainStep(batch, { ...options, step: 2 });
    session.dispose();
    expect(graph.measured).toEqual(graph.weights.map((weight) => weight.name));
    const norm = (values: Iterable<number>) => Math.hypot(...values);
    const expected = weights.flatMap((before, index) => [
      norm(gradients[index]!),
      norm(before),
      norm(before.map((value, at) => after[index]![at]! - value)),
    ]);
    expect(relativeError(statistics!, Float32Array.from(expected))).toBeLessThan(1e-4);
    expect(plain).not.toHaveProperty("statistics");
  });

  it("trains the same whether it measures or not", async () => {
    const optimizer = { ...defaultOptimizerRecipe("adagrad"), learningRate: 0.1 };
    const results = [];
    for (const measure of [false, true]) {
      const { session, batch } = await loaded(withHeads, { optimizer });
      for (let step = 1; step <= 3; step += 1) {
        await session.trainStep(batch, { learningRate: 0.1, step, measure });
      }
      results.push(await session.getWeights());
      session.dispose();
    }
    expect(results[1]).toEqual(results[0]);
  });

  it("leaves everything as it was where the loss is not finite, and goes on", async () => {
    const optimizer = { ...defaultOptimizerRecipe("rmsprop"), momentum: 0.9, weightDecay: 0.1 };
    const nodes: Nodes = {
      image,
      c1: { type: "conv2d", filters: 4, kernelSize: 3 },
      norm: { type: "batchNormalization" },
      flat: { type: "flatten" },
      output: classifier,
    };
    const { session, batch } = await loaded(nodes, { optimizer });
    await session.trainStep(batch, { learningRate: 0.1, step: 1 });
    const before = [await session.getWeights(), await session.getSlots()];
    const broken = { ...batch, images: batch.images.map(() => Number.NaN) };
    for (const measure of [false, true]) {
      await expect(
        session.trainStep(broken, { learningRate: 0.1, step: 2, measure }),
      ).rejects.toMatchObject({ reason: "notFinite" });
      expect([await session.getWeights(), await session.getSlots()]).toEqual(before);
    }
    const { loss } = await session.trainStep(batch, { learningRate: 0.1, step: 2 });
    session.dispose();
    expect(loss).toBeGreaterThan(0);
  });

  it("knows in which layers the output is not finite", async () => {
    const { graph, session, weights, batch } = await loaded(withActivation("softmax"));
    expect([...(await session.diagnose(batch, 1))]).toEqual(graph.layers.map(() => 0));
    await session.setWeights(
      weights.map((values, index) =>
        graph.weights[index]?.name === "output/kernel" ? values.map(() => 3e38) : values,
      ),
    );
    const finite = [...(await session.diagnose(batch, 1))];
    session.dispose();
    const broken = graph.layers.filter((_, index) => !Number.isFinite(finite[index]));
    expect(broken).toEqual(["output"]);
  });
});
