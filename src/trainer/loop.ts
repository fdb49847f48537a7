import { setImmediate } from "node:timers/promises";
import type { TrainingRecipe } from "../core/design/training.ts";
import type { EpochResult } from "../protocol/run.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import {
  BatchReader,
  type Part,
  batchCount,
  shuffled,
  splitTraining,
  whole,
} from "./datasets/batches.ts";
import type { Dataset } from "./datasets/dataset.ts";
import type { EngineSession, StepResult } from "./engines/engine.ts";
import { Mean } from "./mean.ts";
import { Progress } from "./progress.ts";
import { EarlyStopping } from "./recipe/earlyStopping.ts";
import { LearningRate } from "./recipe/learningRate.ts";
import { TrainingFailure } from "./trainingFailure.ts";

/** What a training needs once everything is loaded. */
export interface LoopOptions {
  readonly session: EngineSession;
  readonly dataset: Dataset;
  readonly recipe: TrainingRecipe;
  /** Aborted when a person presses Stop; heard within one batch. */
  readonly stop: AbortSignal;
  readonly emit: (event: TrainerEvent) => void;
  /** Called with finite weights after every epoch; returns a warning where something could not be kept. */
  readonly afterEpoch?: (state: EpochState) => Promise<string | undefined>;
  /** Called with the weights where it was stopped within an epoch, if they are finite; returns a warning as well. */
  readonly afterStop?: (state: StoppedState) => Promise<string | undefined>;
  /** Names of the weights, in their order. */
  readonly weightNames: readonly string[];
}

/** Where a training is when an epoch ends. */
export interface EpochState extends StoppedState {
  readonly result: EpochResult;
}

/** Where a training is when it is stopped. */
export interface StoppedState {
  /** Complete epochs. */
  readonly epoch: number;
  readonly step: number;
  readonly weights: readonly Float32Array[];
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

type Finished = TrainerEvent & { readonly type: "finished" };

/** Trains for the epochs of the recipe, or until stopped; returns the ending, or throws a `TrainingFailure`. */
export function runLoop(options: LoopOptions): Promise<Finished> {
  return new Loop(options).run();
}

class Loop {
  readonly #options: LoopOptions;
  readonly #parts: TrainingParts;
  readonly #reader: BatchReader;
  readonly #progress: Progress;
  readonly #rate: LearningRate;
  readonly #earlyStopping: EarlyStopping | undefined;
  #step = 0;
  #images = 0;
  #trainingSeconds = 0;

  constructor(options: LoopOptions) {
    this.#options = options;
    const { dataset, recipe } = options;
    this.#parts = partsOf(dataset, recipe);
    const { batchSize, stepsPerEpoch } = this.#parts;
    this.#reader = new BatchReader(dataset, batchSize);
    this.#progress = new Progress({ epochs: recipe.epochs, stepsPerEpoch, batchSize });
    this.#rate = new LearningRate(recipe, stepsPerEpoch);
    this.#earlyStopping = recipe.earlyStopping && new EarlyStopping(recipe.earlyStopping);
  }

  async run(): Promise<Finished> {
    const { emit, recipe } = this.#options;
    emit({ type: "phase", phase: "training" });
    let completed = 0;
    for (let epoch = 1; epoch <= recipe.epochs; epoch += 1) {
      const outcome = await this.#runEpoch(epoch);
      if (outcome === "stopped") {
        return { ...this.#finish("stopped", completed), ...(await this.#keepStopped(completed)) };
      }
      completed = epoch;
      if (outcome === "enough") break;
    }
    emit({ type: "phase", phase: "evaluating" });
    await this.#restoreBest(completed);
    const result = await this.#evaluate(this.#parts.test);
    return result === undefined
      ? this.#finish("stopped", completed)
      : this.#finish("completed", completed, result);
  }

  /** `enough` where early stopping ends the training after this epoch. */
  async #runEpoch(epoch: number): Promise<"stopped" | "done" | "enough"> {
    const { emit, recipe, afterEpoch } = this.#options;
    const start = performance.now();
    this.#progress.startEpoch();
    const means = await this.#train(shuffled(this.#parts.training, recipe.seed, epoch), epoch);
    this.#trainingSeconds += (performance.now() - start) / 1000;
    this.#emitProgress(this.#progress.flush(epoch, this.#step));
    if (means === undefined) {
      return "stopped";
    }
    const validating = performance.now();
    const validation = await this.#evaluate(this.#parts.validation);
    if (validation === undefined && this.#options.stop.aborted) {
      return "stopped";
    }
    this.#progress.validated((performance.now() - validating) / 1000);
    const weights = await this.#options.session.getWeights();
    this.#checkWeights(weights, epoch);
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
    const isEnough = this.#earlyStopping?.endEpoch(result, weights) === true;
    const warning = await afterEpoch?.({ epoch, step: this.#step, weights, result });
    emit({
      type: "epoch",
      ...result,
      learningRate,
      seconds: (performance.now() - start) / 1000,
      ...(warning !== undefined && { warning }),
    });
    return isEnough ? "enough" : "done";
  }

  /** Goes back to the weights of the best epoch, where the recipe wants that. */
  async #restoreBest(lastEpoch: number): Promise<void> {
    const { bestEpoch = lastEpoch, bestWeights } = this.#earlyStopping ?? {};
    if (bestWeights !== undefined && bestEpoch !== lastEpoch) {
      await this.#options.session.setWeights(bestWeights);
    }
  }

  /** Keeps what was learnt since the last epoch. */
  async #keepStopped(epoch: number): Promise<{ readonly warning?: string }> {
    const { session, afterStop } = this.#options;
    if (afterStop === undefined) {
      return {};
    }
    const weights = await session.getWeights();
    if (this.#firstBroken(weights) !== undefined) {
      return {};
    }
    const warning = await afterStop({ epoch, step: this.#step, weights });
    return warning === undefined ? {} : { warning };
  }

  /** Means over the epoch, or `undefined` where it was stopped. */
  async #train(part: Part, epoch: number): Promise<StepResult | undefined> {
    const { session, stop } = this.#options;
    const mean = new Mean();
    for await (const batch of this.#reader.batches(part)) {
      // Messages such as Stop arrive between batches only.
      await setImmediate();
      if (stop.aborted) {
        return undefined;
      }
      this.#step += 1;
      const learningRate = this.#rate.at(this.#step);
      const result = await session.trainStep(batch, { learningRate, step: this.#step });
      if (!Number.isFinite(result.loss)) {
        throw await this.#notFinite(result.loss, epoch);
      }
      mean.add(result, batch.size);
      this.#images += batch.size;
      this.#emitProgress(
        this.#progress.add({ ...result, learningRate }, batch.size, epoch, this.#step),
      );
    }
    return mean.value;
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
      throw this.#failure(`The loss on images that were not trained on is ${value.loss}`);
    }
    return value;
  }

  #emitProgress(event: TrainerEvent | undefined): void {
    if (event !== undefined) {
      this.#options.emit(event);
    }
  }

  async #notFinite(loss: number, epoch: number): Promise<TrainingFailure> {
    this.#emitProgress(this.#progress.flush(epoch, this.#step - 1));
    const broken = this.#firstBroken(await this.#options.session.getWeights());
    const where = broken === undefined ? "" : ` The first weight that is not finite is ${broken}.`;
    return this.#failure(
      `The loss is ${Number.isNaN(loss) ? "not a number" : "infinite"} at step ${this.#step} of epoch ${epoch}`,
      where,
    );
  }

  #checkWeights(weights: readonly Float32Array[], epoch: number): void {
    const broken = this.#firstBroken(weights);
    if (broken !== undefined) {
      throw this.#failure(
        `The weight ${broken} is not finite after step ${this.#step}, at the end of epoch ${epoch}`,
      );
    }
  }

  #failure(what: string, more = ""): TrainingFailure {
    const learningRate = Number(this.#rate.at(this.#step).toPrecision(3));
    return new TrainingFailure(
      "notFinite",
      `${what}, so the training was stopped.${more}`,
      `Try a smaller learning rate (it is ${learningRate}), for example ${Number((learningRate / 10).toPrecision(2))}.`,
    );
  }

  #firstBroken(weights: readonly Float32Array[]): string | undefined {
    const index = weights.findIndex((values) => !values.every(Number.isFinite));
    return index === -1 ? undefined : this.#options.weightNames[index];
  }

  #finish(reason: "completed" | "stopped", epochs: number, test?: StepResult): Finished {
    return {
      type: "finished",
      reason,
      epochs,
      ...(test && { testLoss: test.loss, testAccuracy: test.accuracy }),
      ...(reason === "completed" && this.#earlyEnding(epochs)),
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
