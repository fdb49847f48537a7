import type { StepResult } from "./engines/engine.ts";

/** Mean of results, weighted by their number of images. */
export class Mean {
  #loss = 0;
  #accuracy = 0;
  #images = 0;

  add({ loss, accuracy }: StepResult, images: number): void {
    this.#loss += loss * images;
    this.#accuracy += accuracy * images;
    this.#images += images;
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
