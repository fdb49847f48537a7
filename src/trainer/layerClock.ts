import type { LayerTime, TrainerEvent } from "../protocol/trainer.ts";
import type { EngineSession } from "./engines/engine.ts";

type TimesEvent = TrainerEvent & { readonly type: "times" };

/** The share of a training that its layers may be timed for. */
const mostOfTraining = 0.01;
/** Seconds between two looks. */
const interval = 0.5;
/** The first steps are the slow ones. */
const warmUp = 3;
/** What a look is expected to cost, in steps; what it did cost is known afterwards. */
const expectedSteps = { inStep: 0, extraStep: 3 } as const;

/** Decides which steps are timed, and keeps the mean over them. */
export class LayerClock {
  readonly #timing: EngineSession["timing"];
  #steps = 0;
  /** Seconds of the steps that were not timed. */
  #seconds = 0;
  /** Seconds that looks have cost so far. */
  #spent = 0;
  #sinceLook = 0;
  /** The first look at an engine that computes the step again pays for what the others find prepared. */
  #isFirst: boolean;
  #looks = 0;
  #means: readonly LayerTime[] = [];

  constructor(timing: EngineSession["timing"]) {
    this.#timing = timing;
    this.#isFirst = timing === "extraStep";
  }

  /** True where the next step is to be timed. */
  get isDue(): boolean {
    if (this.#timing === undefined || this.#steps <= warmUp || this.#sinceLook < interval) {
      return false;
    }
    const cost = this.#spent + expectedSteps[this.#timing] * this.#usual;
    return cost <= mostOfTraining * this.#seconds;
  }

  /** Says how long a step took, and what was seen of its layers; returns the means with what is new. */
  add(
    seconds: number,
    { step, batchSize, times }: Pick<TimesEvent, "step" | "batchSize"> & LookedAt,
  ): TimesEvent | undefined {
    if (times === undefined) {
      this.#steps += 1;
      if (this.#steps > warmUp) this.#seconds += seconds;
      this.#sinceLook += seconds;
      return undefined;
    }
    this.#spent += Math.max(0, seconds - this.#usual);
    this.#sinceLook = 0;
    if (this.#isFirst) {
      this.#isFirst = false;
      return undefined;
    }
    this.#looks += 1;
    this.#means = times.map((time, index) => this.#meanWith(time, this.#means[index]));
    return { type: "times", step, looks: this.#looks, batchSize, layers: this.#means };
  }

  /** Seconds of a step that is not timed. */
  get #usual(): number {
    return this.#seconds / Math.max(1, this.#steps - warmUp);
  }

  #meanWith(time: LayerTime, mean: LayerTime = time): LayerTime {
    const moved = (from: number, to: number): number => from + (to - from) / this.#looks;
    return {
      layer: time.layer,
      forward: moved(mean.forward, time.forward),
      backward: moved(mean.backward, time.backward),
    };
  }
}

interface LookedAt {
  readonly times: readonly LayerTime[] | undefined;
}
