import { isFeatureMap, sizeOf } from "../../core/layers/shape.ts";
import { type Random, normalFrom, randomFrom, seedFor } from "../random.ts";
import type { Dataset, Examples, Fit } from "./dataset.ts";

const trainingCount = 5_000;
const testCount = 1_000;

/**
 * Shapes drawn on the spot in the size and number of classes that a design takes: the class decides the outline and,
 * from the eleventh class on, how large it is. Designs that take a vector get noisy copies of one vector a class.
 * An image follows from the seed and its number.
 */
export function makeSynthetic(fit: Fit): Dataset {
  const { inputShape, classes, seed } = fit;
  const make = (part: string, count: number): Examples =>
    isFeatureMap(inputShape)
      ? new Shapes(inputShape, classes, seedFor(seed, part), count)
      : new NoisyVectors(sizeOf(inputShape), classes, seed, seedFor(seed, part), count);
  return {
    name: "synthetic",
    imageShape: inputShape,
    classes,
    notes: [],
    training: make("synthetic training", trainingCount),
    test: make("synthetic test", testCount),
  };
}

/** Whether a point of the square from -1 to 1 lies inside. */
type Outline = (x: number, y: number) => boolean;

const outlines: readonly Outline[] = [
  /* disc */ (x, y) => x * x + y * y < 1,
  /* square */ (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
  /* cross */ (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.3,
  /* ring */ (x, y) => Math.abs(Math.hypot(x, y) - 0.75) < 0.25,
  /* diamond */ (x, y) => Math.abs(x) + Math.abs(y) < 1,
  /* triangle */ (x, y) => y > -0.9 && Math.abs(x) < (0.9 - y) / 2,
  /* diagonal cross */ (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) < 0.3,
  /* bars across */ (_x, y) => Math.abs(Math.abs(y) - 0.6) < 0.25,
  /* bars upright */ (x) => Math.abs(Math.abs(x) - 0.6) < 0.25,
  /* half disc */ (x, y) => x * x + y * y < 1 && y > 0,
];

class Shapes implements Examples {
  readonly count: number;
  readonly #shape: readonly [number, number, number];
  readonly #classes: number;
  readonly #seed: number;

  constructor(
    shape: readonly [number, number, number],
    classes: number,
    seed: number,
    count: number,
  ) {
    this.#shape = shape;
    this.#classes = classes;
    this.#seed = seed;
    this.count = count;
  }

  labelOf(index: number): number {
    return index % this.#classes;
  }

  write(index: number, images: Float32Array, labels: Float32Array, position: number): void {
    const random = randomFrom(seedFor(this.#seed, String(index)));
    const label = index % this.#classes;
    labels[position * this.#classes + label] = 1;
    const sizes = Math.ceil(this.#classes / outlines.length);
    const rank = Math.floor(label / outlines.length);
    const outline = outlines[label % outlines.length] as Outline;
    // Sizes fill 0.4 to 0.9 of the half image in bands that do not touch.
    const extent = 0.4 + (0.5 * (rank + 0.2 + 0.6 * random())) / sizes;
    this.#draw(images, position, random, outline, extent);
  }

  #draw(
    images: Float32Array,
    position: number,
    random: Random,
    outline: Outline,
    extent: number,
  ): void {
    const [height, width, channels] = this.#shape;
    const [centreX, centreY] = [slack(extent, random), slack(extent, random)];
    const inside = Array.from({ length: channels }, () => 0.6 + 0.4 * random());
    const outside = Array.from({ length: channels }, () => 0.3 * random());
    let at = position * height * width * channels;
    for (let row = 0; row < height; row += 1) {
      const y = ((2 * row + 1) / height - 1 - centreY) / extent;
      for (let column = 0; column < width; column += 1) {
        const x = ((2 * column + 1) / width - 1 - centreX) / extent;
        const near = Math.abs(x) <= 1 && Math.abs(y) <= 1;
        const colours = near && outline(x, y) ? inside : outside;
        for (let channel = 0; channel < channels; channel += 1) {
          images[at] = (colours[channel] ?? 0) + 0.1 * (random() - 0.5);
          at += 1;
        }
      }
    }
  }
}

/** How far from the middle a shape of this extent may stand. */
const slack = (extent: number, random: Random): number => (1 - extent) * (2 * random() - 1) * 0.8;

class NoisyVectors implements Examples {
  readonly count: number;
  readonly #length: number;
  readonly #classes: number;
  readonly #centres: readonly Float32Array[];
  readonly #seed: number;

  constructor(length: number, classes: number, centreSeed: number, seed: number, count: number) {
    this.#length = length;
    this.#classes = classes;
    this.#centres = Array.from({ length: classes }, (_, label) =>
      Float32Array.from({ length }, normalFrom(randomFrom(seedFor(centreSeed, `centre ${label}`)))),
    );
    this.#seed = seed;
    this.count = count;
  }

  labelOf(index: number): number {
    return index % this.#classes;
  }

  write(index: number, images: Float32Array, labels: Float32Array, position: number): void {
    const noise = normalFrom(randomFrom(seedFor(this.#seed, String(index))));
    const label = index % this.#classes;
    labels[position * this.#classes + label] = 1;
    const centre = this.#centres[label];
    for (let axis = 0; axis < this.#length; axis += 1) {
      images[position * this.#length + axis] = (centre?.[axis] ?? 0) + 0.3 * noise();
    }
  }
}
