import type { StepResult } from "./engines/engine.ts";
import type { TrainerEvent, TrainingPoint } from "../protocol/trainer.ts";

/** Milliseconds between two progress events. */
const interval = 100;
/** Milliseconds over which the speed is measured. */
const speedWindow = 3_000;

/** Sizes of a training that the time left depends on. */
export interface TrainingSize {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
}

interface Measurement {
  readonly time: number;
  readonly images: number;
}

/** Gathers steps into points and measures how fast they come. */
export class Progress {
  readonly #size: TrainingSize;
  readonly #now: () => number;
  readonly #start: number;
  #lastEvent: number;
  #sums = { loss: 0, accuracy: 0, steps: 0 };
  #outputLosses: readonly number[] = [];
  #learningRate = 0;
  #measurements: Measurement[] = [];
  #validation = 0;

  /** `secondsBefore`: what a training that goes on had taken. */
  constructor(size: TrainingSize, secondsBefore = 0, now: () => number = () => performance.now()) {
    this.#size = size;
    this.#now = now;
    this.#lastEvent = now();
    this.#start = this.#lastEvent - 1000 * secondsBefore;
  }

  get secondsElapsed(): number {
    return (this.#now() - this.#start) / 1000;
  }

  /** Begins an epoch: time that went into anything but steps does not count as speed. */
  startEpoch(): void {
    this.#measurements = [{ time: this.#now(), images: 0 }];
  }

  /** Adds a step; returns an event when it is time for one. */
  add(
    result: StepResult & { readonly learningRate: number },
    images: number,
    epoch: number,
    step: number,
  ): TrainerEvent | undefined {
    const time = this.#now();
    this.#sums.loss += result.loss;
    this.#sums.accuracy += result.accuracy;
    this.#sums.steps += 1;
    this.#learningRate = result.learningRate;
    this.#outputLosses = (result.outputLosses ?? []).map(
      (loss, index) => loss + (this.#outputLosses[index] ?? 0),
    );
    this.#measurements.push({ time, images });
    while (
      this.#measurements.length > 2 &&
      time - (this.#measurements[0]?.time ?? 0) > speedWindow
    ) {
      this.#measurements.shift();
    }
    return time - this.#lastEvent < interval ? undefined : this.flush(epoch, step);
  }

  /** An event with what has gathered, or `undefined` where nothing has. */
  flush(epoch: number, step: number): TrainerEvent | undefined {
    const { loss, accuracy, steps } = this.#sums;
    if (steps === 0) {
      return undefined;
    }
    const point: TrainingPoint = {
      step,
      loss: loss / steps,
      accuracy: accuracy / steps,
      learningRate: this.#learningRate,
      ...(this.#outputLosses.length > 0 && {
        outputLosses: this.#outputLosses.map((sum) => sum / steps),
      }),
    };
    this.#outputLosses = [];
    this.#sums = { loss: 0, accuracy: 0, steps: 0 };
    this.#lastEvent = this.#now();
    const imagesPerSecond = this.imagesPerSecond;
    return {
      type: "progress",
      points: [point],
      epoch,
      step,
      imagesPerSecond,
      secondsElapsed: this.secondsElapsed,
      secondsLeft: this.#secondsLeft(step, epoch, imagesPerSecond),
    };
  }

  /** Over the last seconds of steps. */
  get imagesPerSecond(): number {
    const [first, ...rest] = this.#measurements;
    const last = rest.at(-1);
    if (first === undefined || last === undefined || last.time <= first.time) {
      return 0;
    }
    const images = rest.reduce((sum, measurement) => sum + measurement.images, 0);
    return (1000 * images) / (last.time - first.time);
  }

  /** Remembers how long a validation takes, for the time left. */
  validated(seconds: number): void {
    this.#validation = seconds;
  }

  #secondsLeft(step: number, epoch: number, imagesPerSecond: number): number {
    const { epochs, stepsPerEpoch, batchSize } = this.#size;
    const steps = epochs * stepsPerEpoch - step;
    const training = imagesPerSecond === 0 ? 0 : (steps * batchSize) / imagesPerSecond;
    return training + (epochs - epoch + 1) * this.#validation;
  }
}
