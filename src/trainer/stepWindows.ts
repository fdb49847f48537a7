import { median } from "./median.ts";

/** Steps and seconds before the first window: an engine's first steps are slow ones, and one of them measures layers. */
const warmUp = { steps: 3, seconds: 1, mostSeconds: 10 } as const;
const wantedWindows = 5;
const windowSeconds = 0.6;
/** Seconds of steps after which the windows that there are must do. */
const mostSeconds = 20;

/** How fast steps went. */
export interface Pace {
  readonly imagesPerSecond: number;
  readonly stepSeconds: number;
  /** Steps in the windows. */
  readonly steps: number;
  readonly windows: number;
}

interface Window {
  readonly seconds: number;
  readonly steps: number;
  readonly images: number;
}

const empty: Window = { seconds: 0, steps: 0, images: 0 };

const plus = (window: Window, seconds: number, images: number): Window => ({
  seconds: window.seconds + seconds,
  steps: window.steps + 1,
  images: window.images + images,
});

/** Gathers the times of steps into windows, so that one slow moment does not count. */
export class StepWindows {
  readonly #windows: Window[] = [];
  #all = empty;
  #open = empty;
  #isWarm = false;

  /** Hears of one more step. */
  add(seconds: number, images: number): void {
    this.#all = plus(this.#all, seconds, images);
    if (!this.#isWarm) {
      this.#isWarm = isWarm(this.#all);
      return;
    }
    this.#open = plus(this.#open, seconds, images);
    if (this.#open.seconds >= windowSeconds) {
      this.#windows.push(this.#open);
      this.#open = empty;
    }
  }

  /** Whether more steps would tell nothing new, or take too long. */
  get isEnough(): boolean {
    const { length } = this.#windows;
    return length >= wantedWindows || (length > 0 && this.#all.seconds >= mostSeconds);
  }

  /** Medians of the windows; `undefined` before the first is complete. */
  get pace(): Pace | undefined {
    const windows = this.#windows;
    return windows.length === 0
      ? undefined
      : {
          imagesPerSecond: median(windows.map(({ images, seconds }) => images / seconds)),
          stepSeconds: median(windows.map(({ seconds, steps }) => seconds / steps)),
          steps: windows.reduce((sum, { steps }) => sum + steps, 0),
          windows: windows.length,
        };
  }
}

const isWarm = ({ steps, seconds }: Window): boolean =>
  seconds >= warmUp.mostSeconds || (steps >= warmUp.steps && seconds >= warmUp.seconds);
