import type { AugmentationRecipe } from "../../core/design/augmentationOptions.ts";
import { isFeatureMap, type Shape, sizeOf } from "../../core/layers/shape.ts";
import { type Random, betaFrom, randomFrom, seedOf } from "../random.ts";

/** A batch that may be changed in place, with the numbers of its examples. */
export interface OpenBatch {
  readonly images: Float32Array;
  readonly labels: Float32Array;
  readonly indices: Uint32Array;
}

interface AugmentOptions {
  readonly recipe: AugmentationRecipe;
  readonly imageShape: Shape;
  readonly seed: number;
  /** What stands, channel by channel, where an image has been moved away or cut out. */
  readonly blank: readonly number[];
}

// Each kind of random number has a stream of its own, so that one more option changes none of the others.
const streams = { geometry: 1, colour: 2, cutout: 3, mixup: 4 } as const;

/** Changes training images at random; what becomes of an image follows from seed, epoch and its number alone. */
export class Augmenter {
  readonly #options: AugmentOptions;
  readonly #scratch: Float32Array;

  constructor(options: AugmentOptions) {
    this.#options = options;
    this.#scratch = new Float32Array(sizeOf(options.imageShape));
  }

  apply({ images, labels, indices }: OpenBatch, epoch: number): void {
    const { recipe, imageShape, seed } = this.#options;
    const size = sizeOf(imageShape);
    if (isFeatureMap(imageShape)) {
      for (const [position, index] of indices.entries()) {
        const image = images.subarray(position * size, (position + 1) * size);
        const stream = (name: keyof typeof streams): Random =>
          randomFrom(seedOf(seed, epoch, index, streams[name]));
        this.#move(image, imageShape, stream("geometry"));
        this.#colour(image, imageShape, stream("colour"));
        this.#cutOut(image, imageShape, stream("cutout"));
      }
    }
    if (recipe.mixup > 0) {
      this.#mix(images, labels, indices, epoch);
    }
  }

  #move(
    image: Float32Array,
    [height, width, channels]: readonly [number, number, number],
    random: Random,
  ): void {
    const { flip, shift, rotation } = this.#options.recipe;
    const flipsX = random() < 0.5 && (flip === "horizontal" || flip === "both");
    const flipsY = random() < 0.5 && (flip === "vertical" || flip === "both");
    const moveX = Math.floor(random() * (2 * shift + 1)) - shift;
    const moveY = Math.floor(random() * (2 * shift + 1)) - shift;
    const angle = ((2 * random() - 1) * rotation * Math.PI) / 180;
    if (!flipsX && !flipsY && moveX === 0 && moveY === 0 && angle === 0) return;
    this.#scratch.set(image);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [fromMiddleX, fromMiddleY] = [x - middleX, y - middleY];
        const turnedX = angle === 0 ? x : cos * fromMiddleX + sin * fromMiddleY + middleX;
        const turnedY = angle === 0 ? y : cos * fromMiddleY - sin * fromMiddleX + middleY;
        const fromX = flipsX ? width - 1 - (turnedX + moveX) : turnedX + moveX;
        const fromY = flipsY ? height - 1 - (turnedY + moveY) : turnedY + moveY;
        for (let channel = 0; channel < channels; channel += 1) {
          image[(y * width + x) * channels + channel] = this.#sample(
            fromX,
            fromY,
            channel,
            width,
            height,
            channels,
          );
        }
      }
    }
  }

  /** The value between four pixels, where what lies outside is blank. */
  #sample(
    x: number,
    y: number,
    channel: number,
    width: number,
    height: number,
    channels: number,
  ): number {
    const blank = this.#options.blank[channel] ?? 0;
    const at = (column: number, row: number): number =>
      column < 0 || row < 0 || column >= width || row >= height
        ? blank
        : (this.#scratch[(row * width + column) * channels + channel] ?? 0);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [x - left, y - top];
    if (right === 0 && below === 0) return at(left, top);
    return (
      (1 - below) * ((1 - right) * at(left, top) + right * at(left + 1, top)) +
      below * ((1 - right) * at(left, top + 1) + right * at(left + 1, top + 1))
    );
  }

  #colour(image: Float32Array, [, , channels]: readonly number[], random: Random): void {
    const { brightness, contrast, saturation } = this.#options.recipe;
    const added = (2 * random() - 1) * brightness;
    const stretch = 1 + (2 * random() - 1) * contrast;
    const vividness = 1 + (2 * random() - 1) * saturation;
    if (vividness !== 1 && channels === 3) {
      for (let at = 0; at < image.length; at += 3) {
        const [red = 0, green = 0, blue = 0] = image.subarray(at, at + 3);
        const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
        image[at] = grey + (red - grey) * vividness;
        image[at + 1] = grey + (green - grey) * vividness;
        image[at + 2] = grey + (blue - grey) * vividness;
      }
    }
    if (added !== 0 || stretch !== 1) {
      let sum = 0;
      for (const value of image) sum += value;
      const mean = sum / image.length;
      for (let at = 0; at < image.length; at += 1) {
        image[at] = mean + ((image[at] ?? 0) - mean) * stretch + added;
      }
    }
  }

  #cutOut(
    image: Float32Array,
    [height = 0, width = 0, channels = 1]: readonly number[],
    random: Random,
  ): void {
    const { recipe, blank } = this.#options;
    if (recipe.cutout === 0) return;
    const left = Math.floor(random() * width) - Math.floor(recipe.cutout / 2);
    const top = Math.floor(random() * height) - Math.floor(recipe.cutout / 2);
    for (let y = Math.max(0, top); y < Math.min(height, top + recipe.cutout); y += 1) {
      for (let x = Math.max(0, left); x < Math.min(width, left + recipe.cutout); x += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          image[(y * width + x) * channels + channel] = blank[channel] ?? 0;
        }
      }
    }
  }

  /** Mixes the first image with the last, the second with the last but one: the order of an epoch is random already. */
  #mix(images: Float32Array, labels: Float32Array, indices: Uint32Array, epoch: number): void {
    const { recipe, seed } = this.#options;
    const count = indices.length;
    const shareOf = (position: number): number =>
      betaFrom(
        randomFrom(seedOf(seed, epoch, indices[position] ?? 0, streams.mixup)),
        recipe.mixup,
      );
    for (let first = 0; first < count - 1 - first; first += 1) {
      const last = count - 1 - first;
      const [shareOfFirst, shareOfLast] = [shareOf(first), shareOf(last)];
      mixPair(images, images.length / count, first, last, shareOfFirst, shareOfLast);
      mixPair(labels, labels.length / count, first, last, shareOfFirst, shareOfLast);
    }
  }
}

function mixPair(
  values: Float32Array,
  size: number,
  first: number,
  last: number,
  shareOfFirst: number,
  shareOfLast: number,
): void {
  for (let at = 0; at < size; at += 1) {
    const one = values[first * size + at] ?? 0;
    const other = values[last * size + at] ?? 0;
    values[first * size + at] = shareOfFirst * one + (1 - shareOfFirst) * other;
    values[last * size + at] = shareOfLast * other + (1 - shareOfLast) * one;
  }
}
