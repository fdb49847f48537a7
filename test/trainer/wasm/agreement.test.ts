import { defaultOptimizerRecipe } from "../../../src/core/design/parseTraining.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { OptimizerRecipe } from "../../../src/core/design/training.ts";
import { sizeOf } from "../../../src/core/layers/shape.ts";
import type { EngineSession } from "../../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../../src/trainer/initialize.ts";
import { randomBatch, relativeError } from "../support/check.ts";
import { loadEngine } from "../support/engine.ts";
import { type Nodes, networkOf, plainRecipe } from "../support/network.ts";
import {
  denseNetwork,
  inceptionNetwork,
  inceptionWithHeads,
  lenet,
  residualNetwork,
} from "./networks.ts";

const steps = 5;
const batchSize = 32;

const momentum: OptimizerRecipe = {
  ...defaultOptimizerRecipe("sgd"),
  learningRate: 0.01,
  momentum: 0.9,
  nesterov: true,
};
const adam: OptimizerRecipe = {
  ...defaultOptimizerRecipe("adam"),
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
};

const twelveChannels: Nodes = {
  image: { type: "input", shape: [8, 8, 3] },
  c1: { type: "conv2d", filters: 12, kernelSize: 3, padding: "same" },
  norm: { type: "batchNormalization" },
  relu: { type: "activation", activation: "relu" },
  flat: { type: "flatten" },
  output: { type: "dense", units: 3, activation: "softmax" },
};

const networks: readonly (readonly [string, Nodes, OptimizerRecipe])[] = [
  ["LeNet-5, Adam", lenet, adam],
  ["a small ResNet, Nesterov", residualNetwork(16, 1), momentum],
  ["a small GoogLeNet with dropout, Adam", inceptionNetwork, adam],
  ["a small GoogLeNet with its two auxiliary heads, Adam", inceptionWithHeads, adam],
  ["a small DenseNet, Nesterov", denseNetwork, momentum],
];

describe("the WASM engine beside the native one", () => {
  let engines: readonly [WasmEngine, ReturnType<typeof loadEngine>["engine"]];
  beforeAll(() => {
    engines = [new WasmEngine(), loadEngine().engine];
  });

  it.each(networks)("%s: losses of the first steps agree to four digits", async (...one) => {
    const [, nodes, optimizer] = one;
    const graph = compile(networkOf(nodes), { ...plainRecipe, optimizer });
    const weights = initialWeights(graph.weights, 3);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, batchSize);
    const results = [];
    for (const engine of engines) {
      const session = await engine.load(graph);
      await session.setWeights(weights);
      const losses = await train(session, batch, optimizer);
      results.push({
        losses,
        evaluated: await session.evaluate(batch),
        scores: await session.predict(batch.images, batchSize),
        slots: await session.getSlots(),
      });
      session.dispose();
    }
    const [ours, theirs] = results as [(typeof results)[0], (typeof results)[0]];
    for (const [step, loss] of ours.losses.entries()) {
      expect(loss / theirs.losses[step]!, `loss of step ${step + 1}`).toBeCloseTo(1, 4);
    }
    expect(ours.losses.at(-1)).toBeLessThan(ours.losses[0]!);
    expect(ours.evaluated.loss / theirs.evaluated.loss).toBeCloseTo(1, 3);
    expect(relativeError(ours.scores, theirs.scores)).toBeLessThan(1e-2);
    expect(ours.slots.map(({ length }) => length)).toEqual(
      theirs.slots.map(({ length }) => length),
    );
  });

  it("moves the averages of twelve channels, which the native one normalises in another way, alike", async () => {
    const graph = compile(networkOf(twelveChannels), plainRecipe);
    const weights = initialWeights(graph.weights, 3);
    const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, batchSize);
    const results = [];
    for (const engine of engines) {
      const session = await engine.load(graph);
      await session.setWeights(weights);
      await session.trainStep(batch, { learningRate: 0.01, step: 1 });
      results.push(await session.getWeights());
      session.dispose();
    }
    const averages = graph.weights.flatMap(({ name }, index) =>
      /moving/u.test(name) ? [index] : [],
    );
    expect(averages.length).toBe(2);
    for (const index of averages) {
      const [ours, theirs, before] = [...results, weights].map((values) => values[index]!);
      expect(relativeError(ours!, theirs!), graph.weights[index]!.name).toBeLessThan(1e-5);
      expect(relativeError(ours!, before!), graph.weights[index]!.name).toBeGreaterThan(1e-3);
    }
  });
});

async function train(
  session: EngineSession,
  batch: ReturnType<typeof randomBatch>,
  { learningRate }: OptimizerRecipe,
): Promise<readonly number[]> {
  const losses = [];
  for (let step = 1; step <= steps; step += 1) {
    losses.push((await session.trainStep(batch, { learningRate, step })).loss);
  }
  return losses;
}
