import { setImmediate } from "node:timers/promises";
import type { RatePoint, TrainerEvent } from "../protocol/trainer.ts";
import { BatchReader, shuffled } from "./datasets/batches.ts";
import { EngineError } from "./engines/engine.ts";
import { type LoopOptions, partsOf } from "./loop.ts";
import { RateSearch, type RateSpan, rateOfStep, wholeSpan } from "./recipe/rateSearch.ts";
import { stopReasonOf } from "./stopReason.ts";

type Search = Pick<LoopOptions, "session" | "dataset" | "recipe" | "stop" | "emit">;

/** Milliseconds between two events. */
const interval = 100;

/** Trains a few steps with rising learning rates, and ends with the rate to train with. */
export async function findLearningRate(
  { session, dataset, recipe, stop, emit }: Search,
  span: RateSpan = wholeSpan,
): Promise<TrainerEvent & { readonly type: "finished" }> {
  const { training, batchSize, stepsPerEpoch } = partsOf(dataset, recipe);
  const reader = new BatchReader(dataset, batchSize);
  const search = new RateSearch();
  const start = performance.now();
  let said = start;
  let points: RatePoint[] = [];
  const say = (): void => {
    if (points.length > 0) emit({ type: "rates", points });
    points = [];
    said = performance.now();
  };
  emit({ type: "phase", phase: "training" });
  let step = 0;
  const isDone = (): boolean => stop.aborted || step >= span.steps || search.hasExploded;
  while (!isDone()) {
    const epoch = 1 + Math.floor(step / stepsPerEpoch);
    for await (const batch of reader.batches(shuffled(training, recipe.seed, epoch))) {
      await setImmediate();
      if (isDone()) break;
      step += 1;
      const learningRate = rateOfStep(span, step);
      const loss = await session
        .trainStep(batch, { learningRate, step })
        .then((result) => result.loss, notFiniteAsNothing);
      if (loss === undefined) {
        step = span.steps;
        break;
      }
      points.push(search.add(learningRate, loss));
      if (performance.now() - said >= interval) say();
    }
  }
  say();
  const seconds = (performance.now() - start) / 1000;
  const { suggestion } = search;
  return {
    type: "finished",
    reason: stop.aborted ? stopReasonOf(stop) : "completed",
    epochs: 0,
    seconds,
    imagesPerSecond: seconds === 0 ? 0 : (Math.min(step, span.steps) * batchSize) / seconds,
    ...(suggestion !== undefined && { suggestedRate: suggestion }),
  };
}

/** Numbers that are not finite end the search: the rate is far too large. */
function notFiniteAsNothing(error: unknown): undefined {
  if (error instanceof EngineError && error.reason === "notFinite") return undefined;
  throw error;
}
