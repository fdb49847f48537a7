import { setImmediate } from "node:timers/promises";
import { analyzeText } from "../core/analysis/analyze.ts";
import type { OptimizerRecipe, TrainingRecipe } from "../core/design/training.ts";
import type { Network } from "../core/network/network.ts";
import type { TrainerEvent, TrainerRequest } from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import { loadDataset } from "./datasets/loadDataset.ts";
import { chooseEngine } from "./engines/chooseEngine.ts";
import type { EngineSession, TrainingEngine } from "./engines/engine.ts";
import { compile } from "./graph/compile.ts";
import type { TrainingGraph } from "./graph/trainingGraph.ts";
import { initialWeights } from "./initialize.ts";
import { type EpochState, partsOf, runLoop } from "./loop.ts";
import { RunFolder } from "./runFolder.ts";
import type { NamedTensor } from "./safetensors.ts";
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
  const { network, recipe } = readDesign(request);

  await phase("compiling");
  const graph = compile(network, recipe);

  await phase("loadingData");
  const { inputShape, classes } = graph;
  const dataset = loadDataset(recipe.dataset, { inputShape, classes, seed: recipe.seed });

  await phase("loadingEngine");
  const engine = chooseEngine(request.engine ?? "auto", request.engineDirectories);
  const session = await engine.load(graph);
  try {
    await session.setWeights(initialWeights(graph.weights, recipe.seed));
    const parts = partsOf(dataset, recipe);
    const folder = openFolder(request, recipe, engine);
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
    const finished = await runLoop({
      session,
      dataset,
      recipe,
      stop,
      emit: record,
      weightNames: graph.weights.map(({ name }) => name),
      ...(folder && {
        afterEpoch: (state: EpochState) => keepCheckpoint(folder, graph, session, state),
      }),
    });
    record(finished);
  } finally {
    session.dispose();
  }
}

interface Readable {
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
  return { network, recipe: epochs === undefined ? recipe : { ...recipe, epochs } };
}

function openFolder(
  { runDirectory, text }: StartRequest,
  recipe: TrainingRecipe,
  engine: TrainingEngine,
): RunFolder | undefined {
  return runDirectory === undefined
    ? undefined
    : RunFolder.create(runDirectory, {
        text,
        details: {
          startedAt: new Date().toISOString(),
          recipe,
          engine: engine.describe(),
          node: process.versions.node,
          platform: `${process.platform}-${process.arch}`,
        },
      });
}

/** Writes weights and what the optimiser remembers; returns the words of what failed on the way. */
async function keepCheckpoint(
  folder: RunFolder,
  graph: TrainingGraph,
  session: EngineSession,
  { epoch, step, weights }: EpochState,
): Promise<string | undefined> {
  const slots = await session.getSlots();
  const named = (
    variables: readonly { readonly name: string; readonly shape: readonly number[] }[],
    values: readonly Float32Array[],
    prefix = "",
  ): readonly NamedTensor[] =>
    variables.map(({ name, shape }, index) => ({
      name: `${prefix}${name}`,
      shape,
      values: values[index] ?? new Float32Array(),
    }));
  folder.saveCheckpoint({
    tensors: [...named(graph.weights, weights), ...named(graph.slots, slots, "optimizer/")],
    metadata: { epoch: String(epoch), step: String(step) },
  });
  return folder.takeProblem();
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
      return `Adam, learning rate ${optimizer.learningRate}`;
  }
}
