import type { Shape } from "../../core/layers/shape.ts";
import { formatShape, sizeOf } from "../../core/layers/shape.ts";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { randomFrom, seedFor, shuffle } from "../random.ts";
import type { Dataset, Examples, Fit } from "./dataset.ts";
import { mismatch } from "./mismatch.ts";
import type { Pixels } from "./pixels.ts";
import type { LabelledPixels, SourceDataset } from "./source.ts";
import { StoredExamples, type Presentation } from "./storedExamples.ts";

/** Presents a data set as a design takes it, with images kept to test where it names none; or says how they differ. */
export async function fitDataset(
  source: SourceDataset,
  testSplit: number,
  fit: Fit,
): Promise<Dataset> {
  const why = whyUnfit(source, fit);
  if (why !== undefined) throw why;
  const pad = paddingFor(source.imageShape, fit.inputShape) ?? 0;
  const presentation: Presentation = {
    imageShape: fit.inputShape,
    pad,
    classes: fit.classes,
    divisor: await divisorOf(source.training.pixels),
  };
  const present = (part: LabelledPixels, indices = usableOf(part)): Examples =>
    new StoredExamples(part, indices, presentation);
  const { training, test } = cutTest(source, testSplit, fit.seed);
  if (training.length === 0) {
    throw new TrainingFailure(
      "datasetBroken",
      t("The data set {0} has no images to train on.", source.name),
    );
  }
  return {
    name: source.name,
    imageShape: fit.inputShape,
    classes: fit.classes,
    notes: [...source.notes, ...padNotes(source.imageShape, pad, fit.inputShape)],
    training: present(source.training, training),
    ...(source.validation !== undefined && { validation: present(source.validation) }),
    test:
      test === undefined ? present(source.test ?? source.training) : present(source.training, test),
  };
}

/** How a design and a data set differ; undefined where they fit. */
export function whyUnfit(
  { name, imageShape, classNames }: Pick<SourceDataset, "name" | "imageShape" | "classNames">,
  fit: Fit,
): TrainingFailure | undefined {
  const classes = classNames.length;
  const fits =
    paddingFor(imageShape, fit.inputShape) !== undefined &&
    (fit.classes === classes || (fit.classes === 1 && classes === 2));
  return fits ? undefined : mismatch(name, imageShape, classes, fit);
}

const padNotes = ([height, width]: Shape, pad: number, inputShape: Shape): readonly string[] =>
  pad === 0
    ? []
    : [
        t(
          "The images of {0} × {1} are padded by {2} on each side to {3}.",
          height ?? 0,
          width ?? 0,
          pad,
          formatShape(inputShape),
        ),
      ];

/**
 * Pixels of padding on each side that make an image fit, or `undefined`.
 * LeCun et al. 1998 laid the digits of 28 × 28 into the middle of 32 × 32.
 */
export function paddingFor(imageShape: Shape, inputShape: Shape): number | undefined {
  const isSame = imageShape.join() === inputShape.join();
  const isVector = inputShape.length === 1 && sizeOf(imageShape) === sizeOf(inputShape);
  if (isSame || isVector) return 0;
  return imageShape.join() === "28,28,1" && inputShape.join() === "32,32,1" ? 2 : undefined;
}

/** Numbers of the images of a part that can be used. */
export const usableOf = ({ pixels, usable }: LabelledPixels): Uint32Array =>
  usable ?? Uint32Array.from({ length: pixels.count }, (_, index) => index);

/** Keeps a share of every class to test, by the seed, where the data set names no images for that. */
export function cutTest(
  { training, test, classNames }: SourceDataset,
  testSplit: number,
  seed: number,
): { readonly training: Uint32Array; readonly test?: Uint32Array } {
  const all = usableOf(training);
  if (test !== undefined) return { training: all };
  const kept = new Uint8Array(training.pixels.count);
  for (let label = 0; label < classNames.length; label += 1) {
    const ofClass = all.filter((index) => training.labels[index] === label);
    shuffle(ofClass, randomFrom(seedFor(seed, `test split of class ${label}`)));
    const count = Math.min(Math.round(ofClass.length * testSplit), Math.max(0, ofClass.length - 1));
    for (const index of ofClass.subarray(0, count)) kept[index] = 1;
  }
  return {
    training: all.filter((index) => kept[index] === 0),
    test: all.filter((index) => kept[index] === 1),
  };
}

/** Real numbers from 0 to 255 are bytes in disguise; any others are taken as they are. */
export async function divisorOf(pixels: Pixels): Promise<number> {
  if (pixels.type === "uint8") return 255;
  let [low, high] = [Infinity, -Infinity];
  for (let start = 0; start < pixels.count; start += 256) {
    const indices = Uint32Array.from(
      { length: Math.min(256, pixels.count - start) },
      (_, at) => start + at,
    );
    for (const value of await pixels.read(indices)) {
      if (!Number.isFinite(value)) {
        throw new TrainingFailure(
          "datasetBroken",
          t("The data set has pixels that are not numbers."),
        );
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low >= 0 && high > 1 && high <= 255 ? 255 : 1;
}
