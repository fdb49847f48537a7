import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import type { OptimizerRecipe } from "../../src/core/design/training.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { TfjsNodeEngine } from "../../src/trainer/engines/tfjsNode/tfjsNodeEngine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { randomFrom } from "../../src/trainer/random.ts";
import { loadNative } from "../training/loadNative.ts";
import { type NetworkId, batches, batchSize, networkOf, report } from "./networks.ts";

const optimizer: OptimizerRecipe = {
  ...defaultOptimizerRecipe("sgd"),
  learningRate: 0.01,
  momentum: 0.9,
  nesterov: false,
};

/** One of our engines by its name on the command line: `native`, or `wasm` with a number of threads. */
function engineOf(name: string, threads: string): TrainingEngine {
  if (name === "wasm") {
    return new WasmEngine(threads === "" ? {} : { threads: Number(threads) });
  }
  const { tf, version } = loadNative();
  return new TfjsNodeEngine(tf, version);
}

/** Steps on one batch in memory; the median of their times counts. */
async function main(id: NetworkId, engine: TrainingEngine): Promise<void> {
  const graph = compile(networkOf(id), {
    optimizer,
    loss: "categoricalCrossentropy",
    labelSmoothing: 0,
    auxiliaryWeight: 0.3,
    seed: 1,
  });
  const random = randomFrom(1);
  const images = Float32Array.from({ length: batchSize * sizeOf(graph.inputShape) }, random);
  const labels = new Float32Array(batchSize * graph.classes);
  for (let image = 0; image < batchSize; image += 1) {
    labels[image * graph.classes + (image % graph.classes)] = 1;
  }
  const session = await engine.load(graph);
  await session.setWeights(initialWeights(graph.weights, 1));
  const times: number[] = [];
  for (let step = 1; step <= 2 * batches[id]; step += 1) {
    const start = performance.now();
    await session.trainStep({ images, labels, size: batchSize }, { learningRate: 0.01, step });
    times.push(performance.now() - start);
  }
  const measured = times.slice(batches[id]).toSorted((a, b) => a - b);
  const median = measured[Math.floor(measured.length / 2)] ?? 0;
  const { name, detail } = engine.describe();
  report({ imagesPerSecond: (1000 * batchSize) / median, engine: `${name}: ${detail}` });
}

const [, , id, name = "", threads = ""] = process.argv;
await main(id as NetworkId, engineOf(name, threads));
process.exit(0);
