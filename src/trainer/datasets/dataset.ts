import type { Shape } from "../../core/layers/shape.ts";
import type { Normalization } from "./normalization.ts";

/** Writes examples by their numbers. */
export interface ExampleWriter {
  /**
   * Writes one example to the `position`-th place of a batch: its pixels into `images`, its one-hot label into `labels`
   * (which is zero there).
   */
  write(index: number, images: Float32Array, labels: Float32Array, position: number): void;
}

/** Examples that can be read in any order. */
export interface Examples extends ExampleWriter {
  readonly count: number;
  /** The class of an example; absent where only its label, once written, tells. */
  labelOf?(index: number): number;
  /** Only where examples are not in memory: brings these there; they are then written by what it returns. */
  fetch?(indices: Uint32Array): Promise<ExampleWriter>;
}

/** Images with classes, in the shape that a design takes. */
export interface Dataset {
  readonly name: string;
  readonly imageShape: Shape;
  readonly classes: number;
  /** What a person should know, for example that images are padded. */
  readonly notes: readonly string[];
  readonly training: Examples;
  /** Absent where images to validate are taken from the training images. */
  readonly validation?: Examples;
  readonly test: Examples;
  /** What is done to every image after it is written, and after augmentation. */
  readonly normalization?: Normalization;
}

/** What a design takes and gives. */
export interface Fit {
  readonly inputShape: Shape;
  readonly classes: number;
  readonly seed: number;
}
