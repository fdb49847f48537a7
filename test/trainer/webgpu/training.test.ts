import { describe, expect, it, vi } from "vitest";
import { defaultOptimizerRecipe } from "../../../src/core/design/parseTraining.ts";
import type { OptimizerRecipe } from "../../../src/core/design/training.ts";
import { sizeOf } from "../../../src/core/layers/shape.ts";
import type { EngineSession, TrainingEngine } from "../../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../../src/trainer/engines/wasm/wasmEngine.ts";
import { startDevice } from "../../../src/trainer/engines/webgpu/device.ts";
import { compile } from "../../../src/trainer/graph/compile.ts";
import type { TrainingGraph } from "../../../src/trainer/graph/trainingGraph.ts";
import { initialWeights } from "../../../src/trainer/initialize.ts";
import { randomBatch, relativeError } from "../support/check.ts";
import { type Nodes, networkOf, plainRecipe } from "../support/network.ts";
import { defaultWebgpuDirectory } from "../../../src/native/webgpuPackage.ts";
import { startWebgpu } from "../support/webgpu.ts";
import { denseNetwork, inceptionNetwork, lenet, residualNetwork } from "../wasm/networks.ts";

const engine = await startWebgpu();
if (typeof engine === "string") {
  process.stderr.write(`Training on WebGPU is not tested: ${engine}\n`);
}

/** A processor draws the graphics here: its programs take seconds to compile. */
const patience = 240_000;
const batchSize = 4;
const steps = 3;
const rate = 0.003;
const optimizer = (type: OptimizerRecipe["type"]): OptimizerRecipe => ({
  ...defaultOptimizerRecipe(type),
  learningRate: rate,
});

const cases: readonly (readonly [string, Nodes, OptimizerRecipe])[] = [
  ["LeNet-5, Adam", lenet, optimizer("adam")],
  ["LeNet-5, RMSProp", lenet, optimizer("rmsprop")],
  ["a small ResNet, gradient descent", residualNetwork(16, 1), optimizer("sgd")],
  ["a small GoogLeNet with dropout, Adagrad", inceptionNetwork, optimizer("adagrad")],
  ["a small DenseNet, AdamW", denseNetwork, optimizer("adamW")],
];

async function train(side: TrainingEngine, graph: TrainingGraph) {
  const session = await side.load(graph);
  await session.setWeights(initialWeights(graph.weights, 3));
  const batch = randomBatch(sizeOf(graph.inputShape), graph.classes, batchSize);
  const losses: number[] = [];
  for (let step = 1; step <= steps; step += 1) {
    losses.push((await session.trainStep(batch, { learningRate: rate, step })).loss);
  }
  return { session, batch, losses, scores: await session.predict(batch.images, batchSize) };
}

describe.skipIf(typeof engine === "string")("training on WebGPU", { timeout: patience }, () => {
  const webgpu = engine as TrainingEngine;

  it.each(cases)("%s: losses of the first steps agree with WASM", async (...one) => {
    const graph = compile(networkOf(one[1]), { ...plainRecipe, optimizer: one[2] });
    const ours = await train(webgpu, graph);
    const theirs = await train(new WasmEngine({ threads: 1 }), graph);
    for (const [step, loss] of ours.losses.entries()) {
      expect(loss / theirs.losses[step]!, `loss of step ${step + 1}`).toBeCloseTo(1, 3);
    }
    expect(relativeError(ours.scores, theirs.scores)).toBeLessThan(1e-2);
    ours.session.dispose();
    theirs.session.dispose();
  });

  it("keeps the weights of before where the loss is not finite", async () => {
    const graph = compile(networkOf(lenet), { ...plainRecipe, optimizer: optimizer("sgd") });
    const { session, batch } = await train(webgpu, graph);
    const before = await session.getWeights();
    const broken = { ...batch, images: batch.images.map(() => Number.NaN) };
    await expect(
      session.trainStep(broken, { learningRate: rate, step: steps + 1 }),
    ).rejects.toMatchObject({
      reason: "notFinite",
    });
    expect(await session.getWeights()).toEqual(before);
    session.dispose();
  });

  it("allocates nothing in a step but what is read, and tells what each layer takes", async () => {
    const { gpu, hasClock } = await startDevice(defaultWebgpuDirectory());
    const graph = compile(networkOf(lenet), { ...plainRecipe, optimizer: optimizer("adam") });
    const { session, batch } = await train(webgpu, graph);
    const held = new Set<GPUBuffer>();
    const create = vi.spyOn(gpu, "createBuffer").mockImplementation((description) => {
      const buffer = GPUDevice.prototype.createBuffer.call(gpu, description);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        held.delete(buffer);
        destroy();
      };
      held.add(buffer);
      return buffer;
    });
    for (let step = steps + 1; step < steps + 4; step += 1) {
      await session.trainStep(batch, { learningRate: rate, step, time: true });
    }
    const { times } = await session.trainStep(batch, { learningRate: rate, step: 99, time: true });
    create.mockRestore();
    expect(held.size).toBe(0);
    expect(session.timing).toBe(hasClock ? "inStep" : undefined);
    if (hasClock) {
      expect(times?.map(({ layer }) => layer)).toEqual(graph.layers);
      expect(times?.every(({ forward, backward }) => forward >= 0 && backward >= 0)).toBe(true);
      expect(Math.max(...times!.map(({ backward }) => backward))).toBeGreaterThan(0);
    }
    session.dispose();
  });

  it("gives back weights and slots as they were set", async () => {
    const graph = compile(networkOf(lenet), { ...plainRecipe, optimizer: optimizer("adam") });
    const { session } = await train(webgpu, graph);
    const slots = (await session.getSlots()).map((values, index) => values.fill(index));
    await session.setSlots(slots);
    expect(await session.getSlots()).toEqual(slots);
    session.dispose();
    await expect(firstWeights(session)).rejects.toThrow("the session has ended");
  });
});

const firstWeights = async (session: EngineSession): Promise<unknown> => session.getWeights();
