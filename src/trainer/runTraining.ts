import { setImmediate } from "node:timers/promises";
import { analyzeText } from "../core/analysis/analyze.ts";
import { optimizers } from "../core/design/recipeOptions.ts";
import type { OptimizerRecipe, TrainingRecipe } from "../core/design/training.ts";
import type { Network } from "../core/network/network.ts";
import type { TrainerEvent, TrainerRequest } from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import { checkpointOf } from "./checkpoint.ts";
import { loadDataset } from "./datasets/loadDataset.ts";
import { chooseEngine } from "./engines/chooseEngine.ts";
import type { TrainingEngine } from "./engines/engine.ts";
import { compile } from "./graph/compile.ts";
import type { TrainingGraph } from "./graph/trainingGraph.ts";
import { initialWeights } from "./initialize.ts";
import { type LoopOptions, partsOf, runLoop } from "./loop.ts";
import { newRunRecord } from "./newRunRecord.ts";
import { RunFolder } from "./runFolder.ts";
import { TrainingFailure } from "./trainingFailure.ts";

export type StartRequest = TrainerRequest & { readonly type: "start" };
type Emit = (event: TrainerEvent) => void;

/** Trains a design from its text; every ending, also a failure, is an event, and nothing is thrown. */
export async function runTraining(
  request: StartRequest,
  stop: AbortSignal,
  emit: Emit,
): Promise<void> {
  const start = performance.now();
  try {
    await train(request, stop, emit);
  } catch (error) {
    emit(
      error instanceof StoppedEarly
        ? {
            type: "finished",
            reason: "stopped",
            epochs: 0,
            seconds: (performance.now() - start) / 1000,
            imagesPerSecond: 0,
          }
        : asFailure(error).toEvent(),
    );
  }
}

/** Thrown where Stop was pressed before the first step. */
class StoppedEarly extends Error {}

async function train(request: StartRequest, stop: AbortSignal, emit: Emit): Promise<void> {
  const phase = async (name: (TrainerEvent & { readonly type: "phase" })["phase"]) => {
    emit({ type: "phase", phase: name });
    await setImmediate();
    if (stop.aborted) {
      throw new StoppedEarly();
    }
  };
  const readable = readDesign(request);
  const { network, recipe } = readable;

  await phase("compiling");
  const graph = compile(network, recipe);

  await phase("loadingData");
  const { inputShape, classes } = graph;
  const dataset = await loadDataset(recipe.dataset, { inputShape, classes, seed: recipe.seed });

  await phase("loadingEngine");
  const engine = chooseEngine(request.engine ?? "auto", request.engineDirectories);
  const session = await engine.load(graph);
  try {
    await session.setWeights(initialWeights(graph.weights, recipe.seed));
    const parts = partsOf(dataset, recipe);
    const folder = openFolder(request, readable, engine);
    const record: Emit = (event) => {
      folder?.record(event);
      emit(event);
    };
    record({
      type: "started",
      engine: engine.describe(),
      dataset: dataset.name,
      trainingImages: parts.training.indices.length,
      validationImages: parts.validation.indices.length,
      testImages: parts.test.indices.length,
      epochs: recipe.epochs,
      stepsPerEpoch: parts.stepsPerEpoch,
      batchSize: parts.batchSize,
      optimizer: optimizerWords(recipe.optimizer),
      ...(dataset.notes.length > 0 && { notes: dataset.notes }),
    });
    const loop: LoopOptions = {
      session,
      dataset,
      recipe,
      stop,
      emit: record,
      weightNames: graph.weights.map(({ name }) => name),
    };
    if (folder === undefined) {
      emit(await runLoop(loop));
    } else {
      emit(await runKept(folder, graph, loop));
    }
  } finally {
    session.dispose();
  }
}

/** Trains with checkpoints, and writes the ending, whatever it is, into the run folder. */
async function runKept(
  folder: RunFolder,
  graph: TrainingGraph,
  loop: LoopOptions,
): Promise<TrainerEvent> {
  const ending = await runLoop({
    ...loop,
    afterEpoch: async ({ weights, result }) => {
      folder.keepEpoch(result, await checkpointOf(graph, loop.session, weights, result));
      return folder.takeProblem();
    },
    afterStop: async (state) => {
      folder.keepStopped(await checkpointOf(graph, loop.session, state.weights, state));
      return folder.takeProblem();
    },
  }).catch((error: unknown) => asFailure(error).toEvent());
  folder.record(ending);
  const warning = folder.takeProblem();
  return ending.type === "finished" && warning !== undefined ? { ...ending, warning } : ending;
}

interface Readable {
  readonly name: string;
  readonly network: Network;
  readonly recipe: TrainingRecipe;
}

function readDesign({ text, epochs }: StartRequest): Readable {
  const { parsed, network, analysis } = analyzeText(text);
  const [first, ...others] = analysis.problems.filter(
    // A missing data set has better words of its own.
    ({ severity, code }) => severity === "error" && code !== "noDataset",
  );
  if (first !== undefined) {
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    throw new TrainingFailure(
      "designHasErrors",
      `The design has errors: ${first.message}${more}`,
      "Mend them and train again.",
    );
  }
  const recipe = parsed.design.training;
  if (recipe === undefined) {
    throw new TrainingFailure(
      "noDataset",
      "The design names no data set to train on.",
      'Add "training": { "dataset": "mnist" } to the file.',
    );
  }
  const { name } = parsed.design;
  return { name, network, recipe: epochs === undefined ? recipe : { ...recipe, epochs } };
}

function openFolder(
  { runDirectory: directory, text }: StartRequest,
  { name, recipe }: Readable,
  engine: TrainingEngine,
): RunFolder | undefined {
  return directory === undefined
    ? undefined
    : RunFolder.create(
        directory,
        text,
        newRunRecord({ directory, name, recipe, engine: engine.describe() }),
      );
}

function optimizerWords(optimizer: OptimizerRecipe): string {
  switch (optimizer.type) {
    case "sgd":
      return [
        `SGD, learning rate ${optimizer.learningRate}`,
        ...(optimizer.momentum === 0 ? [] : [`momentum ${optimizer.momentum}`]),
        ...(optimizer.nesterov ? ["Nesterov"] : []),
      ].join(", ");
    case "adam":
    case "adamW":
    case "rmsprop":
    case "adagrad":
      return `${optimizers[optimizer.type].title}, learning rate ${optimizer.learningRate}`;
  }
}
