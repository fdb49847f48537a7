import type { Shape } from "../../core/layers/shape.ts";
import { sizeOf } from "../../core/layers/shape.ts";
import type { ExampleWriter, Examples } from "./dataset.ts";
import type { PixelArray } from "./pixels.ts";
import type { LabelledPixels } from "./source.ts";

/** How stored images become what a design takes. */
export interface Presentation {
  readonly imageShape: Shape;
  /** Pixels of padding on each side. */
  readonly pad: number;
  /** Values of one label: a class each, or a single one that is 0 or 1. */
  readonly classes: number;
  /** What real numbers are divided by; bytes are divided by 255 whatever it says. */
  readonly divisor: number;
}

/** Some of the images of a store, in an order of their own, as examples with the values of bytes from 0 to 1. */
export class StoredExamples implements Examples {
  readonly count: number;
  readonly #source: LabelledPixels;
  readonly #indices: Uint32Array;
  readonly #presentation: Presentation;
  readonly fetch?: (indices: Uint32Array) => Promise<ExampleWriter>;

  constructor(source: LabelledPixels, indices: Uint32Array, presentation: Presentation) {
    this.count = indices.length;
    this.#source = source;
    this.#indices = indices;
    this.#presentation = presentation;
    if (source.pixels.values === undefined) {
      this.fetch = (wanted) => this.#fetch(wanted);
    }
  }

  labelOf(index: number): number {
    return this.#source.labels[this.#indices[index] ?? 0] ?? 0;
  }

  write(index: number, images: Float32Array, labels: Float32Array, position: number): void {
    const { values } = this.#source.pixels;
    if (values === undefined) {
      throw new Error("these examples are not in memory");
    }
    const stored = this.#indices[index] ?? 0;
    this.#lay(values, stored, images, position);
    this.#label(stored, labels, position);
  }

  async #fetch(wanted: Uint32Array): Promise<ExampleWriter> {
    const stored = wanted.map((index) => this.#indices[index] ?? 0);
    const values = await this.#source.pixels.read(stored);
    const places = new Map(Array.from(wanted, (index, place) => [index, place]));
    return {
      write: (index, images, labels, position) => {
        const place = places.get(index) ?? 0;
        this.#lay(values, place, images, position);
        this.#label(stored[place] ?? 0, labels, position);
      },
    };
  }

  #label(stored: number, labels: Float32Array, position: number): void {
    const { classes } = this.#presentation;
    const label = this.#source.labels[stored] ?? 0;
    if (classes === 1) {
      labels[position] = label;
    } else {
      labels[position * classes + label] = 1;
    }
  }

  #lay(values: PixelArray, place: number, images: Float32Array, position: number): void {
    const { imageShape, pad } = this.#presentation;
    const size = sizeOf(imageShape);
    const { size: storedSize } = this.#source.pixels;
    if (pad === 0) {
      this.#copy(values, place * storedSize, images, position * size, size);
      return;
    }
    const [height = 1, width = 1, channels = 1] = imageShape;
    images.fill(0, position * size, (position + 1) * size);
    const row = (width - 2 * pad) * channels;
    for (let y = pad; y < height - pad; y += 1) {
      const to = position * size + (y * width + pad) * channels;
      this.#copy(values, place * storedSize + (y - pad) * row, images, to, row);
    }
  }

  #copy(values: PixelArray, from: number, images: Float32Array, to: number, length: number): void {
    if (values instanceof Uint8Array) {
      copyBytes(values, from, images, to, length);
    } else {
      copyFloats(values, from, images, to, length, this.#presentation.divisor);
    }
  }
}

// A loop over one kind of array, with a divisor that is known, is a third faster than one over both.
function copyBytes(
  values: Uint8Array,
  from: number,
  images: Float32Array,
  to: number,
  length: number,
): void {
  for (let at = 0; at < length; at += 1) {
    images[to + at] = (values[from + at] ?? 0) / 255;
  }
}

function copyFloats(
  values: Float32Array,
  from: number,
  images: Float32Array,
  to: number,
  length: number,
  divisor: number,
): void {
  for (let at = 0; at < length; at += 1) {
    images[to + at] = (values[from + at] ?? 0) / divisor;
  }
}
