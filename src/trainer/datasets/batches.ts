import type { Batch } from "../engines/engine.ts";
import { sizeOf } from "../../core/layers/shape.ts";
import { randomFrom, seedFor, shuffle } from "../random.ts";
import type { Dataset, Examples } from "./dataset.ts";

/** A part of a data set, by the numbers of its examples. */
export interface Part {
  readonly examples: Examples;
  readonly indices: Uint32Array;
}

/** The training images cut in two by the seed: what is trained on, and what is kept to validate. */
export function splitTraining(
  { training }: Dataset,
  validationSplit: number,
  seed: number,
): { readonly training: Part; readonly validation: Part } {
  const indices = everyIndex(training.count);
  shuffle(indices, randomFrom(seedFor(seed, "validation split")));
  const validation = Math.min(
    Math.round(training.count * validationSplit),
    Math.max(0, training.count - 1),
  );
  const kept = training.count - validation;
  return {
    training: { examples: training, indices: indices.subarray(0, kept) },
    validation: { examples: training, indices: indices.subarray(kept) },
  };
}

/** All examples in their own order. */
export const whole = (examples: Examples): Part => ({
  examples,
  indices: everyIndex(examples.count),
});

/** The same part in a random order that follows from seed and epoch. */
export function shuffled({ examples, indices }: Part, seed: number, epoch: number): Part {
  const order = indices.slice();
  shuffle(order, randomFrom(seedFor(seed, `order of epoch ${epoch}`)));
  return { examples, indices: order };
}

const everyIndex = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** Number of batches in a part; the last may be smaller. */
export const batchCount = ({ indices }: Part, batchSize: number): number =>
  Math.ceil(indices.length / batchSize);

/** Lays examples into one pair of arrays that is used again for every batch. */
export class BatchReader {
  readonly #images: Float32Array;
  readonly #labels: Float32Array;
  readonly #imageSize: number;
  readonly #classes: number;
  readonly #batchSize: number;

  constructor({ imageShape, classes }: Dataset, batchSize: number) {
    this.#imageSize = sizeOf(imageShape);
    this.#classes = classes;
    this.#batchSize = batchSize;
    this.#images = new Float32Array(batchSize * this.#imageSize);
    this.#labels = new Float32Array(batchSize * classes);
  }

  /** The batches of a part in its order; each is good until the next one is asked for. */
  *batches({ examples, indices }: Part): Generator<Batch, void> {
    for (let start = 0; start < indices.length; start += this.#batchSize) {
      const size = Math.min(this.#batchSize, indices.length - start);
      this.#labels.fill(0);
      for (let position = 0; position < size; position += 1) {
        examples.write(indices[start + position] ?? 0, this.#images, this.#labels, position);
      }
      yield {
        size,
        images: this.#images.subarray(0, size * this.#imageSize),
        labels: this.#labels.subarray(0, size * this.#classes),
      };
    }
  }
}
