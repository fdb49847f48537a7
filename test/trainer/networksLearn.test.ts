import { describe, expect, it } from "vitest";
import { type NetworkName, networkOf } from "../../bench/training/networks.ts";
import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import type { OptimizerRecipe } from "../../src/core/design/training.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { makeSynthetic } from "../../src/trainer/datasets/synthetic.ts";
import type { StepResult, TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { loadEngine } from "./support/engine.ts";
import { plainRecipe } from "./support/network.ts";

const batchSize = 16;

/** How many steps it takes to learn the shapes, with room to spare. */
const networks: readonly (readonly [NetworkName, number])[] = [
  ["ResNet-20", 50],
  ["GoogLeNet small", 100],
  ["DenseNet-22", 60],
];

/** Trains on shapes of the size of CIFAR's images, never twice on the same. */
async function train(
  engine: TrainingEngine,
  network: NetworkName,
  optimizer: OptimizerRecipe,
  steps: number,
): Promise<readonly StepResult[]> {
  const { learningRate } = optimizer;
  const graph = compile(networkOf(network), { ...plainRecipe, optimizer });
  const { training } = makeSynthetic({ ...graph, seed: 1 });
  const session = await engine.load(graph);
  await session.setWeights(initialWeights(graph.weights, 1));
  const images = new Float32Array(batchSize * sizeOf(graph.inputShape));
  const results: StepResult[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const labels = new Float32Array(batchSize * graph.classes);
    for (let place = 0; place < batchSize; place += 1) {
      training.write(step * batchSize + place, images, labels, place);
    }
    results.push(
      await session.trainStep({ size: batchSize, images, labels }, { learningRate, step }),
    );
  }
  session.dispose();
  return results;
}

/** Mean accuracy of the last steps. */
const lastAccuracy = (results: readonly StepResult[]): number =>
  results.slice(-15).reduce((sum, { accuracy }) => sum + accuracy / 15, 0);

describe(
  "networks of the papers on shapes of 32 × 32 × 3 in ten classes",
  { timeout: 240_000 },
  () => {
    const { engine: native } = loadEngine();
    const wasm = new WasmEngine({ threads: 2 });

    it.each(networks)("%s learns them on both engines", async (network, steps) => {
      const adam = { ...defaultOptimizerRecipe("adam"), learningRate: 0.002 };
      expect(lastAccuracy(await train(native, network, adam, steps))).toBeGreaterThan(0.85);
      expect(lastAccuracy(await train(wasm, network, adam, steps))).toBeGreaterThan(0.85);
    });

    it.each(networks)("%s begins with the same losses on both engines", async (network) => {
      // Small: with thirty times as much, two builds of TensorFlow part after three steps of ResNet-20, by rounding alone.
      const descent = { ...plainRecipe.optimizer, learningRate: 0.0003 };
      const ours = await train(native, network, descent, 3);
      const theirs = await train(wasm, network, descent, 3);
      for (const [step, { loss }] of ours.entries()) {
        expect(loss / theirs[step]!.loss, `loss of step ${step + 1}`).toBeCloseTo(1, 4);
      }
    });
  },
);
