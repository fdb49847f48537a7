import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { t } from "../core/text/t.ts";
import { optimizers } from "../core/design/recipeOptions.ts";
import type { OptimizerRecipe, TrainingRecipe } from "../core/design/training.ts";
import {
  defaultCheckpointSeconds,
  type EngineChoice,
  engineChoices,
  type TrainerEvent,
  type TrainerRequest,
  type TrainingPhase,
} from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import { type Restored, restore } from "./checkpoint.ts";
import { datasetCache } from "./datasets/imageCache.ts";
import type { Dataset } from "./datasets/dataset.ts";
import { loadDataset } from "./datasets/loadDataset.ts";
import { reportLoading } from "./datasets/reportLoading.ts";
import type { Surroundings } from "./datasets/source.ts";
import { augmentationNotes } from "./datasets/trainingTransform.ts";
import { chooseEngine } from "./engines/chooseEngine.ts";
import type { EngineSession, TrainingEngine } from "./engines/engine.ts";
import { findLearningRate } from "./findLearningRate.ts";
import { type GivenWeights, givenWeights } from "./givenWeights.ts";
import { compile } from "./graph/compile.ts";
import type { TrainingGraph } from "./graph/trainingGraph.ts";
import { initialWeights } from "./initialize.ts";
import { KeepClock } from "./keepClock.ts";
import { type LoopOptions, type TrainingParts, partsOf, runLoop } from "./loop.ts";
import type { LoopState } from "./loopState.ts";
import { newRunRecord } from "./newRunRecord.ts";
import { type OpenRun, goOnWith, openRun } from "./openRun.ts";
import { type Readable, readDesign } from "./readDesign.ts";
import { RunFolder } from "./runFolder.ts";
import { RunKeeper } from "./runKeeper.ts";
import { stopReasonOf } from "./stopReason.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { waitForRoom } from "./waitForRoom.ts";
import { whereNotFinite } from "./whereNotFinite.ts";

type RequestOf<T extends TrainerRequest["type"]> = TrainerRequest & { readonly type: T };
export type StartRequest = RequestOf<"start"> | RequestOf<"resume">;
type Emit = (event: TrainerEvent) => void;

/** Trains a design from its text, or goes on with a run; every ending, also a failure, is an event, and nothing is thrown. */
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
            reason: stopReasonOf(stop),
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

/** Says what is done next, and hears whether it still is. */
const phases =
  (stop: AbortSignal, emit: Emit) =>
  async (phase: TrainingPhase): Promise<void> => {
    emit({ type: "phase", phase });
    await setImmediate();
    if (stop.aborted) {
      throw new StoppedEarly();
    }
  };

async function train(request: StartRequest, stop: AbortSignal, emit: Emit): Promise<void> {
  const phase = phases(stop, emit);
  const past = request.type === "resume" ? openRun(request.runDirectory) : undefined;
  const readable = readDesign(
    past?.text ?? (request as RequestOf<"start">).text,
    request.epochs ?? past?.record.recipe.epochs,
  );
  const { network, recipe } = readable;

  await phase("compiling");
  const graph = compile(network, recipe);

  const directory = directoryOf(request, past);
  await phase("loadingData");
  const dataset = await loadData(graph, recipe, {
    directory,
    cache: datasetCache(),
    signal: stop,
    report: reportLoading(emit),
  });

  await phase("loadingEngine");
  const engine = await chooseEngine(
    request.engine ?? engineOf(past) ?? "auto",
    request.engineDirectories,
  );
  const session = await engine.load(graph);
  try {
    const parts = partsOf(dataset, recipe);
    const restored = await restoreFrom(past, graph, session);
    const from = restored?.from;
    if (from !== undefined) {
      checkData(from, parts);
    }
    const given =
      from === undefined ? await begin({ session, graph, recipe, directory }) : undefined;
    const folder = openFolder(request, past, { ...readable, dataset }, engine, from);
    const record: Emit = (event) => {
      folder?.record(event);
      emit(event);
    };
    record({
      ...startedEvent({ engine, dataset, parts, recipe, graph, given }),
      design: readable.mark,
      ...(folder !== undefined && { isKept: true }),
      ...(from !== undefined && { resumedAt: { epoch: from.epoch, step: from.step } }),
    });
    const loop: LoopOptions = {
      session,
      dataset,
      recipe,
      stop,
      emit: record,
      whereNotFinite: (batch, step) =>
        whereNotFinite({ engine, session, network, recipe }, batch, step),
      measured: graph.measured,
      weightNames: graph.weights.map(({ name }) => name),
      ...restored,
    };
    if (request.type === "start" && request.purpose === "findLearningRate") {
      emit(await findLearningRate(loop));
    } else if (folder === undefined) {
      emit(await runLoop(loop));
    } else {
      const clock = new KeepClock(request.checkpointSeconds ?? defaultCheckpointSeconds);
      const keeper = new RunKeeper({
        folder,
        graph,
        session,
        clock,
        emit,
        best: from?.best,
        monitor: recipe.earlyStopping,
      });
      emit(await runKept(folder, keeper, loop));
    }
  } finally {
    session.dispose();
  }
}

/** Trains with checkpoints, and writes the ending, whatever it is, into the run folder. */
async function runKept(
  folder: RunFolder,
  keeper: RunKeeper,
  loop: LoopOptions,
): Promise<TrainerEvent> {
  const ending = await runLoop({ ...loop, keeper }).catch((error: unknown) =>
    asFailure(error).toEvent(),
  );
  folder.record(ending);
  keeper.sayProblem();
  await waitForRoom(folder, loop.stop, loop.emit);
  keeper.sayProblem();
  return ending;
}

/** The weights of an earlier process, and where its loop was; `undefined` where there is nothing to go on from. */
async function restoreFrom(
  past: OpenRun | undefined,
  graph: TrainingGraph,
  session: EngineSession,
): Promise<Restored | undefined> {
  return past?.checkpoint === undefined ? undefined : restore(past.checkpoint, graph, session);
}

/** Sets the weights that a training begins with; returns those that the recipe names. */
async function begin({
  session,
  graph: { weights },
  recipe: { initialWeights: named, seed },
  directory,
}: Pick<Prepared, "graph" | "recipe"> & {
  readonly session: EngineSession;
  readonly directory: string | undefined;
}): Promise<GivenWeights | undefined> {
  const given = named === "" ? undefined : givenWeights(named, directory, weights);
  const drawn = initialWeights(weights, seed);
  await session.setWeights(drawn.map((values, index) => given?.values[index] ?? values));
  return given;
}

/** Other data would be in another order. */
function checkData({ data }: LoopState, { training, stepsPerEpoch }: TrainingParts): void {
  const count = training.indices.length;
  if (data.trainingImages !== count || data.stepsPerEpoch !== stepsPerEpoch) {
    throw new TrainingFailure(
      "datasetMismatch",
      t(
        "The data set has changed since the run began: it had {0} images to train on and has {1} now.",
        data.trainingImages,
        count,
      ),
      t("Bring the data set back as it was, or start a new training."),
    );
  }
}

function notesOf({ engine, dataset, graph, recipe, given }: Omit<Prepared, "parts">): {
  readonly notes?: readonly string[];
} {
  const notes = [
    ...dataset.notes,
    ...augmentationNotes(dataset, recipe),
    ...headNotes(graph, recipe),
    ...(given === undefined ? [] : [given.note]),
    ...(engine.notesFor?.(graph) ?? []),
  ];
  return notes.length === 0 ? {} : { notes };
}

async function loadData(
  { inputShape, classes }: TrainingGraph,
  recipe: TrainingRecipe,
  surroundings: Surroundings,
): Promise<Dataset> {
  try {
    return await loadDataset(recipe, { inputShape, classes }, surroundings);
  } catch (error) {
    throw surroundings.signal.aborted ? new StoppedEarly() : error;
  }
}

/** The folder of the design, from which paths in it lead. */
function directoryOf(request: StartRequest, past: OpenRun | undefined): string | undefined {
  const file =
    request.type === "start"
      ? request.designFile
      : past?.record.designFile && path.resolve(request.runDirectory, past.record.designFile);
  return file === undefined ? undefined : path.dirname(file);
}

/** Only the engine that a run began with comes to the same numbers. */
function engineOf(past: OpenRun | undefined): EngineChoice | undefined {
  const name = past?.record.engine.name;
  return engineChoices.find((choice) => choice === name);
}

function openFolder(
  request: StartRequest,
  past: OpenRun | undefined,
  { name, recipe, dataset }: Readable & { readonly dataset: Dataset },
  engine: TrainingEngine,
  from: LoopState | undefined,
): RunFolder | undefined {
  if (past !== undefined) {
    return goOnWith(past, recipe, engine.describe(), from);
  }
  const { runDirectory: directory, text, designFile } = request as RequestOf<"start">;
  return directory === undefined
    ? undefined
    : RunFolder.create(
        directory,
        text,
        newRunRecord({
          directory,
          name,
          designFile,
          recipe,
          normalization: dataset.normalization,
          engine: engine.describe(),
        }),
      );
}

interface Prepared {
  readonly engine: TrainingEngine;
  readonly dataset: Dataset;
  readonly parts: TrainingParts;
  readonly recipe: TrainingRecipe;
  readonly graph: TrainingGraph;
  readonly given: GivenWeights | undefined;
}

/** What is about to be trained, with what. */
function startedEvent({ engine, dataset, parts, recipe, graph, given }: Prepared) {
  return {
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
    ...notesOf({ engine, dataset, graph, recipe, given }),
    ...(graph.outputs.length > 1 && { outputs: graph.outputs }),
  } as const satisfies TrainerEvent;
}

function headNotes({ outputs }: TrainingGraph, recipe: TrainingRecipe): readonly string[] {
  const [main, ...heads] = outputs;
  return heads.length === 0
    ? []
    : [
        t(
          "{0} is the output; the loss of {1} counts {2}.",
          main ?? "",
          heads.reduce((all, head) => t("{0} and of {1}", all, head)),
          recipe.auxiliaryWeight,
        ),
      ];
}

function optimizerWords(optimizer: OptimizerRecipe): string {
  switch (optimizer.type) {
    case "sgd":
      return [
        t("{0}, learning rate {1}", "SGD", optimizer.learningRate),
        ...(optimizer.momentum === 0 ? [] : [t("momentum {0}", optimizer.momentum)]),
        ...(optimizer.nesterov ? ["Nesterov"] : []),
      ].join(", ");
    case "adam":
    case "adamW":
    case "rmsprop":
    case "adagrad":
      return t("{0}, learning rate {1}", optimizers[optimizer.type].title, optimizer.learningRate);
  }
}
