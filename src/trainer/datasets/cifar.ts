import fs from "node:fs/promises";
import path from "node:path";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { dataPath, unreadable } from "./dataPath.ts";
import { countLabels, emptyNotes } from "./labels.ts";
import { pixelsInMemory } from "./pixels.ts";
import type { LabelledPixels, SourceDataset, Surroundings } from "./source.ts";

const side = 32;
const area = side * side;

/** How one of the two data sets lies in its files (cs.toronto.edu/~kriz/cifar.html). */
interface Layout {
  readonly name: string;
  readonly folder: string;
  readonly training: readonly string[];
  readonly test: string;
  readonly names: string;
  readonly classes: number;
  /** Bytes of labels before each image, and which of them counts. */
  readonly labelBytes: number;
  readonly labelAt: number;
}

const cifar10: Layout = {
  name: "CIFAR-10",
  folder: "cifar-10-batches-bin",
  training: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: "test_batch.bin",
  names: "batches.meta.txt",
  classes: 10,
  labelBytes: 1,
  labelAt: 0,
};

const cifar100 = (labels: "fine" | "coarse"): Layout => ({
  name: labels === "fine" ? "CIFAR-100" : "CIFAR-100, 20 groups",
  folder: "cifar-100-binary",
  training: ["train.bin"],
  test: "test.bin",
  names: `${labels}_label_names.txt`,
  classes: labels === "fine" ? 100 : 20,
  labelBytes: 2,
  labelAt: labels === "fine" ? 1 : 0,
});

/** CIFAR-10 from the folder of its binary version, or the folder above it. */
export const loadCifar10 = (
  { path: named }: { readonly path: string },
  surroundings: Surroundings,
): Promise<SourceDataset> => load(named, cifar10, surroundings);

/** CIFAR-100 in the same way. */
export const loadCifar100 = (
  { path: named, labels }: { readonly path: string; readonly labels: "fine" | "coarse" },
  surroundings: Surroundings,
): Promise<SourceDataset> => load(named, cifar100(labels), surroundings);

async function load(
  named: string,
  layout: Layout,
  { directory, report, signal }: Surroundings,
): Promise<SourceDataset> {
  const folder = await findFolder(dataPath(named, directory), layout);
  const files = [...layout.training, layout.test];
  const contents: Buffer[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    contents.push(await readBatch(path.join(folder, file), layout));
    report({ done: contents.length, total: files.length });
  }
  const training = decode(contents.slice(0, -1), layout);
  const classNames = await readNames(path.join(folder, layout.names), layout.classes);
  const counts = countLabels([training.labels], layout.classes);
  return {
    name: layout.name,
    imageShape: [side, side, 3],
    classNames,
    training,
    test: decode(contents.slice(-1), layout),
    notes: emptyNotes(classNames.filter((_, at) => counts[at] === 0)),
  };
}

async function findFolder(place: string, { name, folder, test }: Layout): Promise<string> {
  const files = await fs.readdir(place).catch((error: unknown) => {
    throw unreadable(place, error);
  });
  if (files.includes(test)) return place;
  if (files.includes(folder)) return path.join(place, folder);
  if (files.some((file) => pythonFile.test(file))) {
    throw new TrainingFailure(
      "noDataset",
      t("{0} holds the Python version of {1}, which is written as pickles.", place, name),
      t("Use the folder of the binary version (for C programs), which holds .bin files."),
    );
  }
  throw new TrainingFailure(
    "noDataset",
    t("{0} does not hold {1} of {2}.", place, test, name),
    files.some((file) => /^cifar.*\.tar\.gz$/.test(file))
      ? t("Unpack the .tar.gz file and name the folder that comes out.")
      : t("Name the folder {0} that the archive of the binary version unpacks to.", folder),
  );
}

const pythonFile = /^(?:data_batch_\d|test_batch|train|test|cifar-.*-python|cifar-10-batches-py)$/;

async function readBatch(
  file: string,
  { name, labelBytes, labelAt, classes }: Layout,
): Promise<Buffer> {
  const content = await fs.readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const row = labelBytes + 3 * area;
  const broken = (why: string): TrainingFailure =>
    new TrainingFailure(
      "datasetBroken",
      t("The file {0} of {1} {2}.", path.basename(file), name, why),
      t("Unpack the archive again."),
    );
  if (content.length === 0 || content.length % row !== 0) {
    throw broken(
      t("is cut off: {0} bytes are no whole number of images of {1} bytes", content.length, row),
    );
  }
  for (let at = 0; at < content.length; at += row) {
    const label = content[at + labelAt] ?? 0;
    if (label >= classes) {
      throw broken(t("has the label {0} at image {1}, not 0 to {2}", label, at / row, classes - 1));
    }
  }
  return content;
}

/** From planes of red, green and blue to pixels. */
function decode(contents: readonly Buffer[], { labelBytes, labelAt }: Layout): LabelledPixels {
  const row = labelBytes + 3 * area;
  const count = contents.reduce((sum, { length }) => sum + length / row, 0);
  const values = new Uint8Array(count * 3 * area);
  const labels = new Uint16Array(count);
  let image = 0;
  for (const content of contents) {
    for (let start = 0; start < content.length; start += row, image += 1) {
      labels[image] = content[start + labelAt] ?? 0;
      const from = start + labelBytes;
      const to = image * 3 * area;
      for (let pixel = 0; pixel < area; pixel += 1) {
        for (let channel = 0; channel < 3; channel += 1) {
          values[to + 3 * pixel + channel] = content[from + channel * area + pixel] ?? 0;
        }
      }
    }
  }
  return { pixels: pixelsInMemory(values, 3 * area), labels };
}

async function readNames(file: string, classes: number): Promise<readonly string[]> {
  const text = await fs.readFile(file, "utf8").catch(() => "");
  const names = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return names.length === classes ? names : Array.from({ length: classes }, (_, at) => String(at));
}
