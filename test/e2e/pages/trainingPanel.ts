import type { Locator } from "playwright-core";
import type { Canvas } from "./canvas.ts";

/** The strip below the canvas where a training is read. */
export class TrainingPanel {
  readonly #canvas: Canvas;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  get strip(): Locator {
    return this.#canvas.root.getByTestId("training");
  }

  /** Curves of the loss and the accuracy. */
  get charts(): Locator {
    return this.strip.locator("canvas");
  }

  /** Share of right answers on images the network has not seen, once the training is complete. */
  async testAccuracy(): Promise<number> {
    const figure = this.strip.getByTestId("test-accuracy");
    await figure.waitFor({ timeout: 120_000 });
    return Number.parseFloat((await figure.innerText()).replace(",", ".")) / 100;
  }

  /** Waits until the headline says so. */
  async says(headline: string | RegExp, milliseconds = 60_000): Promise<void> {
    await this.strip
      .getByTestId("training-headline")
      .filter({ hasText: headline })
      .waitFor({ timeout: milliseconds });
  }
}
