import type { Locator } from "playwright-core";
import type { Canvas } from "./canvas.ts";

/** The strip below the canvas where a training is read. */
export class TrainingPanel {
  readonly #canvas: Canvas;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  get strip(): Locator {
    return this.#canvas.training;
  }

  /** Curves of the loss and the accuracy. */
  get charts(): Locator {
    return this.strip.locator("canvas");
  }

  /** Waits until the strip says so. */
  async waitForText(words: string | RegExp, milliseconds = 60_000): Promise<void> {
    await this.strip.filter({ hasText: words }).waitFor({ timeout: milliseconds });
  }
}
