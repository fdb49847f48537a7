import { setImmediate } from "node:timers/promises";
import type { TrainingRecipe } from "../core/design/training.ts";
import type { EpochResult } from "../protocol/run.ts";
import type { EndingReason, TrainerEvent } from "../protocol/trainer.ts";
import { atChance } from "./atChance.ts";
import {
  BatchReader,
  type Part,
  batchCount,
  shuffled,
  splitTraining,
  whole,
} from "./datasets/batches.ts";
import type { Dataset } from "./datasets/dataset.ts";
import { trainingTransform } from "./datasets/trainingTransform.ts";
import { type Batch, EngineError, type EngineSession, type StepResult } from "./engines/engine.ts";
import type { LoopState } from "./loopState.ts";
import { LayerClock } from "./layerClock.ts";
import { layersEvent } from "./layerStatistics.ts";
import { Mean } from "./mean.ts";
import { Progress } from "./progress.ts";
import { EarlyStopping } from "./recipe/earlyStopping.ts";
import { LearningRate } from "./recipe/learningRate.ts";
import { stopReasonOf } from "./stopReason.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { t } from "../core/text/t.ts";

/** What the loop asks of an engine. */
export type LoopSession = Pick<
  EngineSession,
  "trainStep" | "evaluate" | "getWeights" | "setWeights" | "timing"
>;

/** What a training needs once everything is loaded. */
export interface LoopOptions {
  readonly session: LoopSession;
  readonly dataset: Dataset;
  readonly recipe: TrainingRecipe;
  /** Aborted with a `StopReason`, for example when a person presses Stop; heard within one batch. */
  readonly stop: AbortSignal;
  readonly emit: (event: TrainerEvent) => void;
  /** Absent: nothing is kept. */
  readonly keeper?: Keeper;
  /** Where an earlier training was, whose weights the session has; absent: from the start. */
  readonly from?: LoopState;
  /** The weights of its best epoch, where early stopping wants them. */
  readonly bestWeights?: readonly Float32Array[];
  /** Says in a sentence where a step first met what is not finite. */
  readonly whereNotFinite?: (batch: Batch, step: number) => Promise<string>;
  /** Names of the weights that a measured step measures; absent: none is measured. */
  readonly measured?: readonly string[];
  /** Names of the weights, in their order. */
  readonly weightNames: readonly string[];
}

/** What a training is kept as, besides what the optimiser remembers. */
export interface Kept {
  readonly state: LoopState;
  /** Finite. */
  readonly weights: readonly Float32Array[];
  /** What early stopping goes back to. */
  readonly bestWeights?: readonly Float32Array[];
}

/** Keeps a training, so that it can go on from there; every event before has been emitted. */
export interface Keeper {
  /** Whether it is time to keep it within an epoch. */
  isDue(): boolean;
  keep(kept: Kept): Promise<void>;
  /** Called after every epoch instead; may put off the writing. */
  keepEpoch(kept: Kept, result: EpochResult): Promise<void>;
}

/** The parts of a data set as a recipe uses them. */
export interface TrainingParts {
  readonly training: Part;
  readonly validation: Part;
  readonly test: Part;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
}

/** Cuts a data set as the recipe says. */
export function partsOf(dataset: Dataset, recipe: TrainingRecipe): TrainingParts {
  const split = splitTraining(dataset, recipe.validationSplit, recipe.seed);
  const images = split.training.indices.length;
  const batchSize = recipe.batchSize === "full" ? images : Math.min(recipe.batchSize, images);
  return {
    ...split,
    test: whole(dataset.test),
    batchSize,
    stepsPerEpoch: batchCount(split.training, batchSize),
  };
}

/** Steps after which a network that only guesses is said to. */
const stepsToLearn = 100;

/** Milliseconds between two steps that are measured. */
const measuringInterval = 500;

type Finished = TrainerEvent & { readonly type: "finished" };

/** Trains for the epochs of the recipe, or until stopped; returns the ending, or throws a `TrainingFailure`. */
export function runLoop(options: LoopOptions): Promise<Finished> {
  return new Loop(options).run();
}

class Loop {
  readonly #options: LoopOptions;
  readonly #parts: TrainingParts;
  readonly #reader: BatchReader;
  readonly #transform: ReturnType<typeof trainingTransform>;
  readonly #progress: Progress;
  readonly #rate: LearningRate;
  readonly #earlyStopping: EarlyStopping | undefined;
  /** Complete epochs. */
  #epoch = 0;
  /** True where early stopping has ended the training. */
  #isEnough = false;
  #step = 0;
  #images = 0;
  #trainingSeconds = 0;
  /** Of the epoch in progress. */
  #mean = new Mean();
  /** Seconds that an epoch had taken before the training was interrupted. */
  #secondsBefore = 0;
  #epochStart = 0;
  /** The first steps are not measured: they are the slow ones. */
  #measuredAt = performance.now();
  readonly #clock: LayerClock;

  constructor(options: LoopOptions) {
    this.#options = options;
    const { dataset, recipe, from, session } = options;
    this.#clock = new LayerClock(session.timing);
    this.#parts = partsOf(dataset, recipe);
    const { batchSize, stepsPerEpoch } = this.#parts;
    this.#reader = new BatchReader(dataset, batchSize);
    this.#transform = trainingTransform(dataset, this.#parts.training, recipe);
    const size = { epochs: recipe.epochs, stepsPerEpoch, batchSize };
    this.#progress = new Progress(size, from?.seconds);
    this.#rate = new LearningRate(recipe, stepsPerEpoch, from?.learningRate);
    this.#earlyStopping =
      recipe.earlyStopping &&
      new EarlyStopping(recipe.earlyStopping, from?.earlyStopping, options.bestWeights);
    if (from !== undefined) this.#goOnFrom(from);
  }

  #goOnFrom({
    epoch,
    step,
    images,
    trainingSeconds,
    sums,
    epochSeconds,
    isEnough,
  }: LoopState): void {
    this.#epoch = epoch;
    this.#step = step;
    this.#images = images;
    this.#trainingSeconds = trainingSeconds;
    this.#mean = Mean.from(sums);
    this.#secondsBefore = epochSeconds;
    this.#isEnough = isEnough;
  }

  async run(): Promise<Finished> {
    const { emit, recipe, stop } = this.#options;
    emit({ type: "phase", phase: "training" });
    while (this.#epoch < recipe.epochs && !this.#isEnough) {
      if (!(await this.#runEpoch(this.#epoch + 1))) {
        await this.#keepStopped();
        return this.#finish(stopReasonOf(stop));
      }
    }
    await this.#keepStopped();
    emit({ type: "phase", phase: "evaluating" });
    await this.#restoreBest();
    const result = await this.#evaluate(this.#parts.test);
    return result === undefined
      ? this.#finish(stopReasonOf(stop))
      : this.#finish("completed", result);
  }

  /** False where it was stopped. */
  async #runEpoch(epoch: number): Promise<boolean> {
    const { emit, recipe, keeper } = this.#options;
    const start = performance.now();
    this.#epochStart = start - 1000 * this.#secondsBefore;
    this.#progress.startEpoch();
    const means = await this.#train(shuffled(this.#parts.training, recipe.seed, epoch), epoch);
    this.#trainingSeconds += (performance.now() - start) / 1000;
    this.#emitProgress(this.#progress.flush(epoch, this.#step));
    if (means === undefined) {
      return false;
    }
    const validating = performance.now();
    const validation = await this.#evaluate(this.#parts.validation);
    if (validation === undefined && this.#options.stop.aborted) {
      return false;
    }
    this.#progress.validated((performance.now() - validating) / 1000);
    const weights = await this.#options.session.getWeights();
    this.#checkWeights(weights, t("at the end of epoch {0}", epoch));
    const result: EpochResult = {
      epoch,
      step: this.#step,
      ...means,
      ...(validation && {
        validationLoss: validation.loss,
        validationAccuracy: validation.accuracy,
      }),
    };
    const learningRate = this.#rate.at(this.#step);
    this.#rate.endEpoch(result.validationLoss ?? result.loss);
    this.#isEnough = this.#earlyStopping?.endEpoch(result, weights) === true;
    emit({ type: "epoch", ...result, learningRate, seconds: this.#epochSeconds });
    this.#sayIfGuessing(result, learningRate);
    this.#epoch = epoch;
    this.#mean = new Mean();
    this.#secondsBefore = 0;
    this.#epochStart = performance.now();
    await keeper?.keepEpoch(this.#kept(weights), result);
    return true;
  }

  /** Once, after the first epoch that has trained long enough. */
  #sayIfGuessing({ epoch, step, accuracy }: EpochResult, learningRate: number): void {
    const { emit, dataset } = this.#options;
    const { training, stepsPerEpoch } = this.#parts;
    if (step < stepsToLearn || step - stepsPerEpoch >= stepsToLearn) {
      return;
    }
    const images = training.indices.length;
    const { classes } = dataset;
    const message = atChance({ accuracy, images, classes, epoch, learningRate });
    if (message !== undefined) emit({ type: "notice", severity: "warning", message });
  }

  /** Goes back to the weights of the best epoch, where the recipe wants that. */
  async #restoreBest(): Promise<void> {
    const { bestEpoch = this.#epoch, bestWeights } = this.#earlyStopping ?? {};
    if (bestWeights !== undefined && bestEpoch !== this.#epoch) {
      await this.#options.session.setWeights(bestWeights);
    }
  }

  /** Keeps what was learnt since the last time, unless it is broken. */
  async #keepStopped(): Promise<void> {
    const { session, keeper, emit } = this.#options;
    if (keeper === undefined || this.#step === 0) {
      return;
    }
    emit({ type: "phase", phase: "saving" });
    const weights = await session.getWeights();
    if (this.#firstBroken(weights) === undefined) {
      await keeper.keep(this.#kept(weights));
    }
  }

  /** Keeps what was learnt in the middle of an epoch, where it is time to. */
  async #keepIfDue(epoch: number): Promise<void> {
    const { session, keeper } = this.#options;
    if (keeper?.isDue() === true) {
      this.#emitProgress(this.#progress.flush(epoch, this.#step));
      const weights = await session.getWeights();
      this.#checkWeights(weights, t("in epoch {0}", epoch));
      await keeper.keep(this.#kept(weights));
    }
  }

  #kept(weights: readonly Float32Array[]): Kept {
    const { bestWeights } = this.#earlyStopping ?? {};
    return { state: this.#state, weights, ...(bestWeights && { bestWeights }) };
  }

  get #state(): LoopState {
    const { training, stepsPerEpoch } = this.#parts;
    return {
      epoch: this.#epoch,
      step: this.#step,
      sums: this.#mean.sums,
      images: this.#images,
      trainingSeconds: this.#trainingSeconds,
      epochSeconds: this.#epochSeconds,
      seconds: this.#progress.secondsElapsed,
      learningRate: this.#rate.toJSON(),
      ...(this.#earlyStopping && { earlyStopping: this.#earlyStopping.toJSON() }),
      isEnough: this.#isEnough,
      data: { trainingImages: training.indices.length, stepsPerEpoch },
    };
  }

  get #epochSeconds(): number {
    return (performance.now() - this.#epochStart) / 1000;
  }

  /** Means over the epoch, or `undefined` where it was stopped. */
  async #train(part: Part, epoch: number): Promise<StepResult | undefined> {
    const { session, stop } = this.#options;
    const startBatch = this.#step - (epoch - 1) * this.#parts.stepsPerEpoch;
    for await (const batch of this.#reader.batches(part, startBatch, this.#transform?.(epoch))) {
      // Messages such as Stop arrive between batches only.
      await setImmediate();
      if (stop.aborted) {
        return undefined;
      }
      this.#step += 1;
      const learningRate = this.#rate.at(this.#step);
      const start = performance.now();
      const result = await session
        .trainStep(batch, {
          learningRate,
          step: this.#step,
          measure: this.#isTimeToMeasure(),
          time: this.#clock.isDue,
        })
        .catch(async (error: unknown) => {
          throw isNotFinite(error) ? await this.#notFinite(batch, epoch) : error;
        });
      this.#mean.add(result, batch.size);
      this.#sayLayers(result);
      this.#sayTimes((performance.now() - start) / 1000, batch.size, result);
      this.#images += batch.size;
      this.#emitProgress(
        this.#progress.add({ ...result, learningRate }, batch.size, epoch, this.#step),
      );
      await this.#keepIfDue(epoch);
    }
    return this.#mean.value;
  }

  /** Means over a part, or `undefined` where it is empty or the training was stopped. */
  async #evaluate(part: Part): Promise<StepResult | undefined> {
    const mean = new Mean();
    for await (const batch of this.#reader.batches(part)) {
      await setImmediate();
      if (this.#options.stop.aborted) {
        return undefined;
      }
      mean.add(await this.#options.session.evaluate(batch), batch.size);
    }
    const { value } = mean;
    if (value !== undefined && !Number.isFinite(value.loss)) {
      throw this.#failure(
        t(
          "The loss on images that were not trained on is {0}, so the training was stopped.",
          value.loss,
        ),
      );
    }
    return value;
  }

  #isTimeToMeasure(): boolean {
    const { measured = [] } = this.#options;
    const isTime = measured.length > 0 && performance.now() - this.#measuredAt >= measuringInterval;
    if (isTime) this.#measuredAt = performance.now();
    return isTime;
  }

  #sayLayers({ statistics }: StepResult): void {
    const { measured = [], emit } = this.#options;
    const event = statistics && layersEvent(measured, statistics, this.#step);
    if (event !== undefined) emit(event);
  }

  #sayTimes(seconds: number, batchSize: number, { times }: StepResult): void {
    const event = this.#clock.add(seconds, { step: this.#step, batchSize, times });
    if (event !== undefined) this.#options.emit(event);
  }

  #emitProgress(event: TrainerEvent | undefined): void {
    if (event !== undefined) {
      this.#options.emit(event);
    }
  }

  async #notFinite(batch: Batch, epoch: number): Promise<TrainingFailure> {
    this.#emitProgress(this.#progress.flush(epoch, this.#step - 1));
    const where = await this.#options.whereNotFinite?.(batch, this.#step);
    return this.#failure(
      t(
        "The loss is not finite at step {0} of epoch {1}, so the training was stopped.",
        this.#step,
        epoch,
      ),
      where === undefined ? "" : ` ${where}`,
    );
  }

  #checkWeights(weights: readonly Float32Array[], where: string): void {
    const broken = this.#firstBroken(weights);
    if (broken !== undefined) {
      throw this.#failure(
        t(
          "The weight {0} is not finite after step {1}, {2}, so the training was stopped.",
          broken,
          this.#step,
          where,
        ),
      );
    }
  }

  #failure(what: string, more = ""): TrainingFailure {
    const learningRate = Number(this.#rate.at(this.#step).toPrecision(3));
    return new TrainingFailure(
      "notFinite",
      `${what}${more}`,
      t(
        "Try a smaller learning rate (it is {0}), for example {1}.",
        learningRate,
        Number((learningRate / 10).toPrecision(2)),
      ),
    );
  }

  #firstBroken(weights: readonly Float32Array[]): string | undefined {
    const index = weights.findIndex((values) => !values.every(Number.isFinite));
    return index === -1 ? undefined : this.#options.weightNames[index];
  }

  #finish(reason: EndingReason, test?: StepResult): Finished {
    return {
      type: "finished",
      reason,
      epochs: this.#epoch,
      ...(test && { testLoss: test.loss, testAccuracy: test.accuracy }),
      ...(reason === "completed" && this.#earlyEnding(this.#epoch)),
      seconds: this.#progress.secondsElapsed,
      imagesPerSecond: this.#trainingSeconds === 0 ? 0 : this.#images / this.#trainingSeconds,
    };
  }

  /** What early stopping did, for a training that has ended. */
  #earlyEnding(epochs: number): { readonly bestEpoch?: number } {
    const { earlyStopping } = this.#options.recipe;
    const { bestEpoch = epochs } = this.#earlyStopping ?? {};
    return earlyStopping?.restoreBest === true && bestEpoch !== epochs ? { bestEpoch } : {};
  }
}

const isNotFinite = (error: unknown): boolean =>
  error instanceof EngineError && error.reason === "notFinite";
