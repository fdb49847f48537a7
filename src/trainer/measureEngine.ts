import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { memoryShortage } from "../core/analysis/memoryShortage.ts";
import { defaultRecipe } from "../core/design/parseTraining.ts";
import type { TrainingRecipe } from "../core/design/training.ts";
import { availableMemory } from "../native/availableMemory.ts";
import type {
  MeasureAnswer,
  Measurement,
  MeasurePhase,
  MeasureRequest,
} from "../protocol/measurement.ts";
import type { StopReason } from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import type { Dataset } from "./datasets/dataset.ts";
import { datasetCache } from "./datasets/imageCache.ts";
import { loadDataset } from "./datasets/loadDataset.ts";
import { reportLoading } from "./datasets/reportLoading.ts";
import type { Surroundings } from "./datasets/source.ts";
import { chooseEngine } from "./engines/chooseEngine.ts";
import { compile } from "./graph/compile.ts";
import type { TrainingGraph } from "./graph/trainingGraph.ts";
import { initialWeights } from "./initialize.ts";
import { type LoopSession, partsOf, runLoop } from "./loop.ts";
import { peakMemory } from "./peakMemory.ts";
import { type Readable, readDesign } from "./readDesign.ts";
import { StepWindows } from "./stepWindows.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { t } from "../core/text/t.ts";

type Emit = (event: MeasurePhase) => void;

/** Trains a design for a few steps on one engine, as its recipe says, and answers how fast that was or why it cannot be. */
export async function measureEngine(
  request: MeasureRequest,
  stop: AbortSignal,
  emit: Emit,
): Promise<MeasureAnswer> {
  try {
    return await measure(request, stop, emit);
  } catch (error) {
    // Always a failure.
    return asFailure(error).toEvent() as MeasureAnswer;
  }
}

async function measure(
  { text, engine: choice, engineDirectories, designFile }: MeasureRequest,
  stop: AbortSignal,
  emit: Emit,
): Promise<Measurement> {
  const phase = async (name: MeasurePhase["phase"]): Promise<void> => {
    emit({ type: "phase", phase: name });
    await setImmediate();
  };
  await phase("compiling");
  const design = readDesign(text, undefined, defaultRecipe());
  const graph = compile(design.network, design.recipe);

  await phase("loadingEngine");
  const engine = await chooseEngine(choice, engineDirectories);

  await phase("loadingData");
  const { dataset, substituted } = await dataFor(graph, design.recipe, {
    directory: designFile && path.dirname(designFile),
    cache: datasetCache(),
    signal: stop,
    report: reportLoading((event) => emit(event as MeasurePhase)),
  });
  const { batchSize } = partsOf(dataset, design.recipe);
  refuseTooLarge(design, batchSize);
  const session = await engine.load(graph);
  try {
    await session.setWeights(initialWeights(graph.weights, design.recipe.seed));
    await phase("training");
    const pace = await paceOf(session, { dataset, graph, recipe: design.recipe, stop });
    return {
      type: "measured",
      engine: engine.describe(),
      dataset: dataset.name,
      ...(substituted !== undefined && { substituted }),
      batchSize,
      ...pace,
      peakBytes: peakMemory(),
    };
  } finally {
    session.dispose();
  }
}

/** The data set of the recipe, or where that cannot be had made-up images of the same shape, and why. */
async function dataFor(
  { inputShape, classes }: TrainingGraph,
  recipe: TrainingRecipe,
  surroundings: Surroundings,
): Promise<{ readonly dataset: Dataset; readonly substituted?: string }> {
  const fit = { inputShape, classes };
  try {
    return { dataset: await loadDataset(recipe, fit, surroundings) };
  } catch (error) {
    if (surroundings.signal.aborted) throw error;
    const synthetic = { ...recipe, dataset: { type: "synthetic" } } as const;
    return {
      dataset: await loadDataset(synthetic, fit, surroundings),
      substituted: asFailure(error).message,
    };
  }
}

/** Throws where the steps would not fit into memory; the system would end the process without a word. */
function refuseTooLarge({ network, parameters, recipe }: Readable, batchSize: number): void {
  const available = availableMemory();
  const shortage = memoryShortage(network, parameters, { ...recipe, batchSize }, available);
  if (shortage !== undefined) {
    const { needed, fittingBatch } = shortage;
    throw new TrainingFailure(
      "outOfMemory",
      t(
        "Training in batches of {0} needs about {1} GB, and {2} GB can be had here.",
        batchSize,
        gigabytes(needed),
        gigabytes(available),
      ),
      fittingBatch === undefined
        ? t("Make the network smaller.")
        : t("Use batches of {0}.", fittingBatch),
    );
  }
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

interface Steps {
  readonly dataset: Dataset;
  readonly graph: TrainingGraph;
  readonly recipe: TrainingRecipe;
  readonly stop: AbortSignal;
}

/** Runs the loop of a training until its steps have been seen often enough. */
async function paceOf(session: LoopSession, { dataset, graph, recipe, stop }: Steps) {
  const windows = new StepWindows();
  const enough = new AbortController();
  const { earlyStopping: _never, ...rest } = recipe;
  await runLoop({
    session: timed(session, (seconds, images) => {
      windows.add(seconds, images);
      if (windows.isEnough) enough.abort("stopped" satisfies StopReason);
    }),
    dataset,
    recipe: { ...rest, epochs: mostEpochs },
    stop: AbortSignal.any([stop, enough.signal]),
    emit: () => undefined,
    measured: graph.measured,
    weightNames: graph.weights.map(({ name }) => name),
  });
  const { pace } = windows;
  if (pace === undefined) {
    throw new TrainingFailure("internal", t("The measurement was ended before it was done."));
  }
  return pace;
}

/** The loop ends by itself long before. */
const mostEpochs = 100_000;

/** Tells the seconds of each training step, with what the loop does around it; validation and reading weights do not count. */
function timed(session: LoopSession, tell: (seconds: number, images: number) => void): LoopSession {
  let last = performance.now();
  const seconds = (): number => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
  const uncounted = async <T>(result: Promise<T>): Promise<T> => {
    const value = await result;
    seconds();
    return value;
  };
  return {
    timing: session.timing,
    trainStep: async (batch, options) => {
      const result = await session.trainStep(batch, options);
      tell(seconds(), batch.size);
      return result;
    },
    evaluate: (batch) => uncounted(session.evaluate(batch)),
    getWeights: () => uncounted(session.getWeights()),
    setWeights: (weights) => uncounted(session.setWeights(weights)),
  };
}
