import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { dataPath, unreadable } from "./dataPath.ts";
import { type IdxFile, readIdx } from "./idx.ts";
import { emptyNotes, labellingOf } from "./labels.ts";
import { pixelsInMemory } from "./pixels.ts";
import type { LabelledPixels, SourceDataset, Surroundings } from "./source.ts";

/** The four files of a data set in the format of MNIST; EMNIST and others put a name before these. */
const patterns = {
  training: { images: /train.*images.*idx[34]/i, labels: /train.*labels.*idx1/i },
  test: { images: /(t10k|test).*images.*idx[34]/i, labels: /(t10k|test).*labels.*idx1/i },
} as const;

/** Images and labels from a folder of IDX files, packed or not. */
export async function loadIdxFolder(
  { path: named }: { readonly path: string },
  { directory }: Pick<Surroundings, "directory">,
): Promise<SourceDataset> {
  const folder = dataPath(named, directory);
  return readIdxFolder(folder, path.basename(folder));
}

const clothes = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** Fashion-MNIST from the folder of its files, or where Keras keeps them. */
export async function loadFashionMnist(
  { path: named }: { readonly path: string },
  { directory }: Pick<Surroundings, "directory">,
): Promise<SourceDataset> {
  const ofKeras = path.join(os.homedir(), ".keras", "datasets", "fashion-mnist");
  if (named === "" && !(await exists(ofKeras))) {
    throw new TrainingFailure(
      "noDataset",
      t(
        "Fashion-MNIST does not come with CNN Architect, and Keras has not loaded it on this machine.",
      ),
      t(
        'Download its four files (github.com/zalandoresearch/fashion-mnist) and name their folder: "dataset": { "type": "fashion-mnist", "path": "./fashion" }.',
      ),
    );
  }
  const folder = named === "" ? ofKeras : dataPath(named, directory);
  return readIdxFolder(folder, "Fashion-MNIST", clothes);
}

/** Reads a folder of IDX files under the name that a person knows it by. */
export async function readIdxFolder(
  folder: string,
  name: string,
  known?: readonly string[],
): Promise<SourceDataset> {
  const files = await fs.readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const training = await readPart(folder, files, "training", name);
  if (training === undefined) {
    throw new TrainingFailure(
      "noDataset",
      t("{0} does not hold the IDX files of images and labels to train on.", folder),
      t(
        "Name the folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, packed (.gz) or not.",
      ),
    );
  }
  const test = await readPart(folder, files, "test", name);
  const [, ...shape] = training.images.extents;
  const parts = [training, test].flatMap((part) =>
    part === undefined ? [] : [part.labels.values],
  );
  const { classNames, labels, empty } = labellingOf(name, parts, known);
  return {
    name,
    imageShape: shape.length === 2 ? [...shape, 1] : shape,
    classNames,
    training: labelled(training.images, labels[0]),
    ...(test !== undefined && { test: labelled(test.images, labels[1]) }),
    notes: emptyNotes(empty),
  };
}

interface IdxPart {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

async function readPart(
  folder: string,
  files: readonly string[],
  part: "training" | "test",
  name: string,
): Promise<IdxPart | undefined> {
  const images = findFile(files, patterns[part].images);
  const labels = findFile(files, patterns[part].labels);
  if (images === undefined && labels === undefined) return undefined;
  if (images === undefined || labels === undefined) {
    const there = images ?? labels ?? "";
    throw new TrainingFailure(
      "datasetBroken",
      images === undefined
        ? t("The data set {0} has {1}, but not its file of images, which is missing.", name, there)
        : t("The data set {0} has {1}, but not its file of labels, which is missing.", name, there),
      t("Put it into {0}.", folder),
    );
  }
  const read = {
    images: await readIdx(path.join(folder, images), [3, 4], name),
    labels: await readIdx(path.join(folder, labels), [1], name),
  };
  if (read.images.extents[0] !== read.labels.extents[0]) {
    throw new TrainingFailure(
      "datasetBroken",
      t(
        "The data set {0} is damaged: {1} has {2} images and {3} has {4} labels.",
        name,
        images,
        read.images.extents[0] ?? 0,
        labels,
        read.labels.extents[0] ?? 0,
      ),
    );
  }
  return read;
}

/** The unpacked file where both are there. */
const findFile = (files: readonly string[], pattern: RegExp): string | undefined =>
  files.filter((file) => pattern.test(file)).toSorted((a, b) => a.length - b.length)[0];

function labelled(
  { extents, values }: IdxFile,
  labels: Uint16Array = new Uint16Array(),
): LabelledPixels {
  const [, ...shape] = extents;
  return {
    pixels: pixelsInMemory(
      values,
      shape.reduce((a, b) => a * b, 1),
    ),
    labels,
  };
}

const exists = (place: string): Promise<boolean> =>
  fs.access(place).then(
    () => true,
    () => false,
  );
