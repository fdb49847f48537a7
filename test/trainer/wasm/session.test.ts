import {
  defaultOptimizerRecipe,
  defaultScheduleRecipe,
} from "../../../src/core/design/parseTraining.ts";
import { describe, expect, it } from "vitest";
import type { OptimizerRecipe } from "../../../src/core/design/training.ts";
import { sizeOf } from "../../../src/core/layers/shape.ts";
import { asFailure } from "../../../src/trainer/asFailure.ts";
import type { Dataset } from "../../../src/trainer/datasets/dataset.ts";
import { loadMnist } from "../../../src/trainer/datasets/mnist.ts";
import { chooseEngine } from "../../../src/trainer/engines/chooseEngine.ts";
import { EngineError } from "../../../src/trainer/engines/engine.ts";
import { Executor } from "../../../src/trainer/engines/wasm/executor.ts";
import { compileKernels } from "../../../src/trainer/engines/wasm/kernelModule.ts";
import { WasmEngine } from "../../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../../src/trainer/graph/compile.ts";
import type { Operation } from "../../../src/trainer/graph/operation.ts";
import type { TrainingGraph } from "../../../src/trainer/graph/trainingGraph.ts";
import { initialWeights } from "../../../src/trainer/initialize.ts";
import { runLoop } from "../../../src/trainer/loop.ts";
import { randomBatch } from "../support/check.ts";
import { networkOf, plainRecipe } from "../support/network.ts";
import { denseNetwork, inceptionNetwork, lenet } from "./networks.ts";

const adam: OptimizerRecipe = {
  ...defaultOptimizerRecipe("adam"),
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
};
const recipe = { ...plainRecipe, optimizer: adam };

async function sessionOf(nodes: Parameters<typeof networkOf>[0], threads = 2) {
  const graph = compile(networkOf(nodes), recipe);
  const weights = initialWeights(graph.weights, 5);
  const session = await new WasmEngine({ threads }).load(graph);
  await session.setWeights(weights);
  const batch = (size: number) => randomBatch(sizeOf(graph.inputShape), graph.classes, size);
  return { graph, session, weights, batch };
}

describe("a session of the WASM engine", () => {
  it("needs no more memory after five hundred steps than after two", async () => {
    const graph = compile(networkOf(denseNetwork), recipe);
    const executor = await Executor.load(graph, compileKernels(), 2);
    const weights = initialWeights(graph.weights, 5);
    for (const [index, weight] of graph.weights.entries()) executor.write(weight, weights[index]!);
    const { images, labels } = randomBatch(sizeOf(graph.inputShape), graph.classes, 4);
    const step = (number: number) =>
      executor.call("train_step", 4, { x: images, y: labels, learningRate: 0.001, step: number });
    step(1);
    step(2);
    const before = [executor.memory, executor.regions];
    for (let number = 3; number <= 500; number += 1) step(number);
    expect([executor.memory, executor.regions]).toEqual(before);
  });

  it("takes batches of any size, larger ones later too, and keeps its weights", async () => {
    const { session, weights, batch } = await sessionOf(inceptionNetwork);
    const losses = [];
    for (const size of [3, 8, 1, 8]) losses.push((await session.evaluate(batch(size))).loss);
    expect(losses[3]).toBe(losses[1]);
    expect(await session.getWeights()).toEqual(weights);
    const { images } = batch(8);
    const all = await session.predict(images, 8);
    const first = await session.predict(images.subarray(0, images.length / 8), 1);
    expect([...first]).toEqual([...all.subarray(0, first.length)]);
    session.dispose();
  });

  it("gives the same weights to the bit, run again or gone on with", async () => {
    const train = async (
      from: number,
      to: number,
      state?: readonly (readonly Float32Array[])[],
    ) => {
      const { session, batch } = await sessionOf(inceptionNetwork);
      if (state !== undefined) {
        await session.setWeights(state[0]!);
        await session.setSlots(state[1]!);
      }
      for (let step = from; step <= to; step += 1) {
        await session.trainStep(batch(8), { learningRate: 0.001, step });
      }
      const result = [await session.getWeights(), await session.getSlots()];
      session.dispose();
      return result;
    };
    const straight = await train(1, 6);
    expect(await train(1, 6)).toEqual(straight);
    expect(await train(4, 6, await train(1, 3))).toEqual(straight);
  });

  it.each([
    ["a GoogLeNet", inceptionNetwork],
    ["a DenseNet", denseNetwork],
    ["LeNet-5", lenet],
  ])("gives the same weights to the bit with any number of threads: %s", async (_name, nodes) => {
    const results = [];
    for (const threads of [1, 2, 5]) {
      const { session, batch } = await sessionOf(nodes, threads);
      for (let step = 1; step <= 3; step += 1) {
        await session.trainStep(batch(32), { learningRate: 0.001, step });
      }
      results.push(await session.getWeights());
      session.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it("says what does not fit, and goes on afterwards", async () => {
    const { session, batch } = await sessionOf(lenet);
    const one = batch(4);
    await expect(session.evaluate({ ...one, labels: one.labels.slice(3) })).rejects.toThrow(
      "y has the shape 4 × 10 and got 37 values",
    );
    await expect(session.setWeights([new Float32Array(1)])).rejects.toThrow(
      /c1\/kernel needs 150/u,
    );
    await expect(session.evaluate({ ...one, size: 2 ** 20 })).rejects.toMatchObject({
      reason: "tooLarge",
      message: expect.stringMatching(/needs [\d.]+ GiB, and the WASM engine has 4 GiB at most\./u),
    });
    await expect(session.evaluate(one)).resolves.toMatchObject({ accuracy: expect.any(Number) });
    session.dispose();
    await expect(session.evaluate(one)).rejects.toThrow("the session has ended");
  });

  it("learns digits in one epoch over a part of MNIST", async () => {
    const { graph, session } = await sessionOf(lenet);
    const whole = await loadMnist({
      inputShape: graph.inputShape,
      classes: graph.classes,
      seed: 1,
    });
    const part = (examples: Dataset["training"], count: number) => ({
      count,
      write: examples.write.bind(examples),
    });
    const finished = await runLoop({
      session,
      dataset: {
        ...whole,
        training: part(whole.training, 12_000),
        test: part(whole.test, 2000),
      },
      recipe: {
        ...recipe,
        schedule: defaultScheduleRecipe("constant"),
        dataset: { type: "mnist" },
        normalization: "scale",
        classWeights: "none",
        initialWeights: "",
        precision: "float32",
        batchSize: 64,
        epochs: 1,
        validationSplit: 0,
      },
      stop: new AbortController().signal,
      emit: () => undefined,
      weightNames: graph.weights.map(({ name }) => name),
    });
    session.dispose();
    expect(finished.testAccuracy).toBeGreaterThan(0.85);
  });
});

describe("an operation without a kernel", () => {
  it("is refused when the graph is loaded, with the layer and the engine that can", async () => {
    const graph = compile(networkOf(lenet), recipe);
    const error = await new WasmEngine().load(withMirrorPad(graph)).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(EngineError);
    expect(asFailure(error)).toMatchObject({
      code: "unsupportedLayer",
      message: "The WASM engine cannot train c1: it lacks padding by mirroring (MirrorPad).",
      hint: expect.stringContaining("The native engine can"),
    });
  });
});

/** The graph with its first activation made an operation that no layer uses yet. */
function withMirrorPad(graph: TrainingGraph): TrainingGraph {
  const at = graph.operations.findIndex(({ type }) => type === "Tanh");
  const operations = graph.operations.map((operation, index): Operation =>
    index === at
      ? { ...operation, type: "MirrorPad", attributes: { paddings: [], mode: "REFLECT" } }
      : operation,
  );
  return { ...graph, operations };
}

describe("the choice of an engine", () => {
  it("falls to WASM where the native engine is missing, and names the faster way", async () => {
    expect((await chooseEngine("auto", [])).describe()).toEqual({
      name: "wasm",
      detail: expect.stringMatching(
        /^SIMD.*native engine.*run CNN Architect: Install Native Engine$/u,
      ),
    });
    expect((await chooseEngine("wasm", [])).describe().detail).not.toMatch(/Install/u);
    await expect(chooseEngine("tfjs-node", [])).rejects.toThrow("is not installed");
    await expect(chooseEngine("webgpu", [])).rejects.toThrow("is not installed");
  });
});
