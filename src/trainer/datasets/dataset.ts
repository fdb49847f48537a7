import type { Shape } from "../../core/layers/shape.ts";

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
  readonly test: Examples;
}

/** What a design takes and gives. */
export interface Fit {
  readonly inputShape: Shape;
  readonly classes: number;
  readonly seed: number;
}
