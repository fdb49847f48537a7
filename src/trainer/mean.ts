import type { StepResult } from "./engines/engine.ts";

/** Sums of results, each as often as it has images. */
export interface Sums {
  readonly loss: number;
  readonly accuracy: number;
  readonly images: number;
}

/** Mean of results, weighted by their number of images. */
export class Mean {
  #loss = 0;
  #accuracy = 0;
  #images = 0;

  /** Goes on from what an earlier one had summed up. */
  static from({ loss, accuracy, images }: Sums): Mean {
    const mean = new Mean();
    mean.#loss = loss;
    mean.#accuracy = accuracy;
    mean.#images = images;
    return mean;
  }

  add({ loss, accuracy }: StepResult, images: number): void {
    this.#loss += loss * images;
    this.#accuracy += accuracy * images;
    this.#images += images;
  }

  get sums(): Sums {
    return { loss: this.#loss, accuracy: this.#accuracy, images: this.#images };
  }

  /** `undefined` where nothing was added. */
  get value(): StepResult | undefined {
    return this.#images === 0
      ? undefined
      : {
          loss: this.#loss / this.#images,
          // Rounding may lead past 1.
          accuracy: Math.min(1, this.#accuracy / this.#images),
        };
  }
}
