import type { Batch } from "../engines/engine.ts";
import { sizeOf } from "../../core/layers/shape.ts";
import { type Random, randomFrom, seedFor, shuffle } from "../random.ts";
import type { Dataset, ExampleWriter, Examples } from "./dataset.ts";
import { type Normalization, normalize } from "./normalization.ts";
import type { BatchTransform } from "./trainingTransform.ts";

/** A part of a data set, by the numbers of its examples. */
export interface Part {
  readonly examples: Examples;
  readonly indices: Uint32Array;
}

/** What is trained on and what is kept to validate: as the data set says, or cut in two by the seed. */
export function splitTraining(
  { training, validation }: Pick<Dataset, "training" | "validation">,
  validationSplit: number,
  seed: number,
): { readonly training: Part; readonly validation: Part } {
  if (validation !== undefined) {
    return { training: whole(training), validation: whole(validation) };
  }
  const indices = everyIndex(training.count);
  shuffle(indices, randomFrom(seedFor(seed, "validation split")));
  const count = Math.min(
    Math.round(training.count * validationSplit),
    Math.max(0, training.count - 1),
  );
  const kept = training.count - count;
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

/** Images that lie side by side on a disk are read together. */
const blockSize = 64;
/** Images that are mixed with each other, where they do not fit into memory. */
const bufferSize = 8_192;

/** The same part in a random order that follows from seed and epoch. */
export function shuffled({ examples, indices }: Part, seed: number, epoch: number): Part {
  const random = randomFrom(seedFor(seed, `order of epoch ${epoch}`));
  if (examples.fetch !== undefined) {
    return { examples, indices: shuffledByBlocks(indices, random) };
  }
  const order = indices.slice();
  shuffle(order, random);
  return { examples, indices: order };
}

/** Blocks of neighbours in random order, and in every buffer of them all images mixed. */
function shuffledByBlocks(indices: Uint32Array, random: Random): Uint32Array {
  const sorted = indices.toSorted();
  const blocks = everyIndex(Math.ceil(sorted.length / blockSize));
  shuffle(blocks, random);
  const order = new Uint32Array(sorted.length);
  let at = 0;
  for (const block of blocks) {
    const some = sorted.subarray(block * blockSize, (block + 1) * blockSize);
    order.set(some, at);
    at += some.length;
  }
  for (let start = 0; start < order.length; start += bufferSize) {
    shuffle(order.subarray(start, start + bufferSize), random);
  }
  return order;
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
  readonly #normalization: Normalization | undefined;

  constructor({ imageShape, classes, normalization }: Dataset, batchSize: number) {
    this.#imageSize = sizeOf(imageShape);
    this.#classes = classes;
    this.#batchSize = batchSize;
    this.#normalization = normalization;
    this.#images = new Float32Array(batchSize * this.#imageSize);
    this.#labels = new Float32Array(batchSize * classes);
  }

  /** The batches of a part in its order, from the `startBatch`-th on; each is good until the next one is asked for. */
  async *batches(
    part: Part,
    startBatch = 0,
    transform?: BatchTransform,
  ): AsyncGenerator<Batch, void> {
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
      yield this.#write(writer, this.#indicesOf(part, batch), transform);
    }
  }

  #indicesOf({ indices }: Part, batch: number): Uint32Array {
    const start = batch * this.#batchSize;
    return indices.subarray(start, start + this.#batchSize);
  }

  #write(
    writer: ExampleWriter,
    indices: Uint32Array,
    transform: BatchTransform | undefined,
  ): Batch {
    const size = indices.length;
    const images = this.#images.subarray(0, size * this.#imageSize);
    const labels = this.#labels.subarray(0, size * this.#classes);
    labels.fill(0);
    for (const [position, index] of indices.entries()) {
      writer.write(index, images, labels, position);
    }
    transform?.({ images, labels, indices });
    if (this.#normalization !== undefined) normalize(images, this.#normalization);
    return { size, images, labels };
  }
}
