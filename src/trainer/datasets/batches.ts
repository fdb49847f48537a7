import type { Batch } from "../engines/engine.ts";
import { sizeOf } from "../../core/layers/shape.ts";
import { randomFrom, seedFor, shuffle } from "../random.ts";
import type { Dataset, ExampleWriter, Examples } from "./dataset.ts";

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

/** Batches that are brought into memory while the engine works on the one before. */
const batchesAhead = 2;

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

  /** The batches of a part in its order, from the `startBatch`-th on; each is good until the next one is asked for. */
  async *batches(part: Part, startBatch = 0): AsyncGenerator<Batch, void> {
    const count = batchCount(part, this.#batchSize);
    const ahead: Promise<ExampleWriter>[] = [];
    let next = startBatch;
    for (let batch = startBatch; batch < count; batch += 1) {
      for (; next < Math.min(count, batch + 1 + batchesAhead); next += 1) {
        const fetched = part.examples.fetch?.(this.#indicesOf(part, next));
        if (fetched === undefined) break;
        // Whoever waits for it hears of its failure; until then it is nobody's.
        fetched.catch(() => undefined);
        ahead.push(fetched);
      }
      const writer = (await ahead.shift()) ?? part.examples;
      yield this.#write(writer, this.#indicesOf(part, batch));
    }
  }

  #indicesOf({ indices }: Part, batch: number): Uint32Array {
    const start = batch * this.#batchSize;
    return indices.subarray(start, start + this.#batchSize);
  }

  #write(writer: ExampleWriter, indices: Uint32Array): Batch {
    this.#labels.fill(0);
    for (const [position, index] of indices.entries()) {
      writer.write(index, this.#images, this.#labels, position);
    }
    const size = indices.length;
    return {
      size,
      images: this.#images.subarray(0, size * this.#imageSize),
      labels: this.#labels.subarray(0, size * this.#classes),
    };
  }
}
