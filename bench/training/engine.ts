import { parseDesign } from "../../src/core/design/parse.ts";
import type { TrainingRecipe } from "../../src/core/design/training.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { Dataset, Examples } from "../../src/trainer/datasets/dataset.ts";
import type { EngineSession, TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { TfjsNodeEngine } from "../../src/trainer/engines/tfjsNode/tfjsNodeEngine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import type { TrainingGraph } from "../../src/trainer/graph/trainingGraph.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { runLoop } from "../../src/trainer/loop.ts";
import { randomFrom } from "../../src/trainer/random.ts";
import { loadNative } from "./loadNative.ts";
import { batchSize, epochImages, report, stepSpeed } from "./measure.ts";
import { type NetworkName, networkOf } from "./networks.ts";

const learningRate = 0.01;

/** As a file says it; what it leaves out has its default. */
function recipeOf(): TrainingRecipe {
  const training = {
    dataset: "synthetic",
    optimizer: { type: "sgd", learningRate, momentum: 0.9 },
    batchSize,
    epochs: 1,
    validationSplit: 0,
  };
  const { design } = parseDesign(JSON.stringify({ version: 1, nodes: {}, training }));
  if (design.training === undefined) {
    throw new Error("the recipe cannot be read");
  }
  return design.training;
}

const recipe = recipeOf();

/** One of our engines by its name on the command line: `native`, or `wasm` with a number of threads. */
function engineOf(name: string, threads: string): TrainingEngine {
  if (name === "wasm") {
    return new WasmEngine({ threads: Number(threads) });
  }
  const { tf, version } = loadNative();
  return new TfjsNodeEngine(tf, version);
}

/** Random pictures of 8 bits, as a data set in memory holds them. */
function pictures({ inputShape, classes }: TrainingGraph, count: number): Examples {
  const size = sizeOf(inputShape);
  const random = randomFrom(1);
  const bytes = Uint8Array.from({ length: count * size }, () => 256 * random());
  return {
    count,
    write(index, images, labels, position) {
      const [from, to] = [index * size, position * size];
      for (let pixel = 0; pixel < size; pixel += 1) {
        images[to + pixel] = (bytes[from + pixel] ?? 0) / 255;
      }
      labels[position * classes + (index % classes)] = 1;
    },
  };
}

function measureSteps(session: EngineSession, graph: TrainingGraph): ReturnType<typeof stepSpeed> {
  const images = new Float32Array(batchSize * sizeOf(graph.inputShape));
  const labels = new Float32Array(batchSize * graph.classes);
  const examples = pictures(graph, batchSize);
  for (let index = 0; index < batchSize; index += 1) {
    examples.write(index, images, labels, index);
  }
  let step = 0;
  return stepSpeed(() => {
    step += 1;
    return session.trainStep({ images, labels, size: batchSize }, { learningRate, step });
  });
}

/**
 * Images per second of the trainer's own loop with everything that a person gets: events, and weights that are read and
 * checked at the end. Two batches go before, as before the `fit` of Keras: TensorFlow prepares a graph when it first runs.
 */
async function measureEpoch(
  session: EngineSession,
  graph: TrainingGraph,
  speed: number,
): Promise<number> {
  await epochSeconds(session, graph, pictures(graph, 2 * batchSize));
  const training = pictures(graph, epochImages(speed));
  return training.count / (await epochSeconds(session, graph, training));
}

async function epochSeconds(
  session: EngineSession,
  graph: TrainingGraph,
  training: Examples,
): Promise<number> {
  const dataset: Dataset = {
    name: "pictures",
    imageShape: graph.inputShape,
    classes: graph.classes,
    notes: [],
    training,
    test: pictures(graph, 1),
  };
  let seconds = 0;
  await runLoop({
    session,
    dataset,
    recipe,
    stop: new AbortController().signal,
    weightNames: graph.weights.map(({ name }) => name),
    emit(event) {
      if (event.type === "epoch") {
        ({ seconds } = event);
      }
    },
  });
  return seconds;
}

async function main(name: NetworkName, engine: TrainingEngine): Promise<void> {
  const graph = compile(networkOf(name), recipe);
  const session = await engine.load(graph);
  await session.setWeights(initialWeights(graph.weights, recipe.seed));
  const steps = await measureSteps(session, graph);
  const epoch = await measureEpoch(session, graph, steps.step);
  const { name: title, detail } = engine.describe();
  report({ ...steps, epoch, engine: `${title}: ${detail}` });
}

const [, , network, name = "", threads = ""] = process.argv;
await main(network as NetworkName, engineOf(name, threads));
process.exit(0);
