import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { openPromise } from "yauzl";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { dataPath, unreadable } from "./dataPath.ts";
import { emptyNotes, labellingOf } from "./labels.ts";
import { NpyError, type NpyHeader, readNpy, type RowReader } from "./npy.ts";
import type { Pixels } from "./pixels.ts";
import { PixelSink } from "./pixelSink.ts";
import type { LabelledPixels, SourceDataset, Surroundings } from "./source.ts";

type Part = "training" | "validation" | "test";

/** The arrays of one part: as Keras, as NumPy users and as MedMNIST name them. */
const names: Readonly<Record<Part, readonly (readonly [images: string, labels: string])[]>> = {
  training: [
    ["x_train", "y_train"],
    ["train_images", "train_labels"],
    ["X_train", "Y_train"],
    ["X_train", "y_train"],
    ["images", "labels"],
    ["x", "y"],
    ["X", "y"],
    ["arr_0", "arr_1"],
  ],
  validation: [
    ["x_val", "y_val"],
    ["val_images", "val_labels"],
    ["x_valid", "y_valid"],
    ["X_val", "y_val"],
  ],
  test: [
    ["x_test", "y_test"],
    ["test_images", "test_labels"],
    ["X_test", "Y_test"],
    ["X_test", "y_test"],
  ],
};

/** Arrays by their names, each read as a stream. */
interface Archive {
  readonly names: readonly string[];
  open(name: string): Promise<Readable>;
  close(): void;
}

/** Reads an .npz file, or a folder of .npy files, as NumPy, Keras and MedMNIST write them. */
export async function loadNumpy(
  { path: named }: { readonly path: string },
  surroundings: Surroundings,
): Promise<SourceDataset> {
  const place = dataPath(named, surroundings.directory);
  const name = path.basename(place);
  const archive = await openArchive(place);
  try {
    const found = (["training", "validation", "test"] as const).flatMap((part) => {
      const pair = names[part].find((both) => both.every((one) => archive.names.includes(one)));
      return pair === undefined ? [] : [{ part, pair }];
    });
    if (found[0]?.part !== "training") {
      const there = archive.names.slice(0, 10).join(", ");
      throw broken(
        name,
        there === ""
          ? t("has no arrays x_train and y_train; it has none")
          : t("has no arrays x_train and y_train; it has {0}", there),
        t(
          "Save it with numpy.savez_compressed(file, x_train=..., y_train=..., x_test=..., y_test=...).",
        ),
      );
    }
    const parts: { part: Part; images: Images; labels: readonly number[] }[] = [];
    for (const { part, pair } of found) {
      const images = await readImages(archive, pair[0], name, surroundings);
      const labels = await readLabels(archive, pair[1], name);
      if (labels.length !== images.pixels.count) {
        throw broken(
          name,
          t(
            "has {0} images in {1} and {2} labels in {3}",
            images.pixels.count,
            pair[0],
            labels.length,
            pair[1],
          ),
        );
      }
      parts.push({ part, images, labels });
      surroundings.report({ done: parts.length, total: found.length });
    }
    return assemble(name, parts);
  } finally {
    archive.close();
  }
}

interface Images {
  readonly pixels: Pixels;
  readonly shape: readonly number[];
}

function assemble(
  name: string,
  parts: readonly { part: Part; images: Images; labels: readonly number[] }[],
): SourceDataset {
  const labelling = labellingOf(
    name,
    parts.map(({ labels }) => labels),
  );
  const imageShape = parts[0]?.images.shape ?? [];
  const labelled = parts.map(({ part, images }, at): [Part, LabelledPixels] => {
    if (images.shape.join() !== imageShape.join()) {
      throw broken(
        name,
        t(
          "has images of {0} to train on and of {1} in another part",
          imageShape.join(" × "),
          images.shape.join(" × "),
        ),
      );
    }
    return [part, { pixels: images.pixels, labels: labelling.labels[at] ?? new Uint16Array() }];
  });
  return {
    name,
    imageShape,
    classNames: labelling.classNames,
    notes: emptyNotes(labelling.empty),
    ...(Object.fromEntries(labelled) as Pick<SourceDataset, Part>),
  };
}

async function readImages(
  archive: Archive,
  array: string,
  dataset: string,
  { cache, signal }: Surroundings,
): Promise<Images> {
  let sink: PixelSink | undefined;
  let shape: readonly number[] = [];
  await readArray(archive, array, dataset, ({ type, shape: extents }): RowReader => {
    shape = shapeOfImages(extents);
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size > 2 ** 26) {
      throw new NpyError(t("has images of {0} values", size));
    }
    const isBytes = type.name === "u1";
    const target = new PixelSink({ size, type: isBytes ? "uint8" : "float32", cache });
    sink = target;
    const values = new Float32Array(size);
    return {
      bytes: size * type.bytes,
      async rows(content, count) {
        signal.throwIfAborted();
        const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
        for (let row = 0; row < count; row += 1) {
          const start = row * size * type.bytes;
          if (isBytes) {
            await target.add(content.subarray(start, start + size));
          } else {
            for (let at = 0; at < size; at += 1) {
              values[at] = type.read(view, start + at * type.bytes);
            }
            await target.add(values);
          }
        }
      },
    };
  });
  if (sink === undefined || sink.count === 0) {
    throw broken(dataset, t("has no images in {0}", array));
  }
  return { pixels: await sink.finish(), shape };
}

function shapeOfImages([, ...shape]: readonly number[]): readonly number[] {
  const [height = 0, width, channels] = shape;
  if (
    shape.length === 3 &&
    channels !== undefined &&
    (height === 1 || height === 3) &&
    channels > 4
  ) {
    throw new NpyError(
      t("has the channels before the rows and columns; save numpy.moveaxis(images, 1, -1) instead"),
    );
  }
  if (shape.length === 2 && width !== undefined) {
    return [height, width, 1];
  }
  if (shape.length !== 1 && shape.length !== 3) {
    throw new NpyError(t("has {0} axes; images have 2 (vectors), 3 or 4", shape.length + 1));
  }
  return shape;
}

/** Labels as numbers `[n]` or `[n, 1]`, or one-hot `[n, classes]`. */
async function readLabels(archive: Archive, array: string, dataset: string): Promise<number[]> {
  const labels: number[] = [];
  await readArray(archive, array, dataset, ({ type, shape }): RowReader => {
    const [, width = 1, ...more] = shape;
    if (more.length > 0 || shape.length === 0) {
      throw new NpyError(
        t("has {0} axes; labels have one, or two where they are one-hot", shape.length),
      );
    }
    return {
      bytes: width * type.bytes,
      async rows(content, count) {
        const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
        for (let row = 0; row < count; row += 1) {
          const values = Array.from({ length: width }, (_, at) =>
            type.read(view, (row * width + at) * type.bytes),
          );
          labels.push(width === 1 ? (values[0] ?? 0) : values.indexOf(Math.max(...values)));
        }
      },
    };
  });
  return labels;
}

async function readArray(
  archive: Archive,
  array: string,
  dataset: string,
  start: (header: NpyHeader) => RowReader,
): Promise<void> {
  const stream = await archive.open(array).catch((error: unknown) => {
    throw broken(dataset, t("is damaged: {0}", messageOf(error)));
  });
  try {
    await readNpy(stream, start);
  } catch (error) {
    if (
      error instanceof TrainingFailure ||
      (error instanceof Error && error.name === "AbortError")
    ) {
      throw error;
    }
    throw broken(
      dataset,
      error instanceof NpyError
        ? t("cannot be used: the array {0} {1}", array, error.message)
        : t("is damaged: the array {0} cannot be unpacked ({1})", array, messageOf(error)),
    );
  } finally {
    stream.destroy();
  }
}

async function openArchive(place: string): Promise<Archive> {
  return fs.statSync(place).isDirectory() ? openFolder(place) : openZip(place);
}

function openFolder(folder: string): Archive {
  return {
    names: fs
      .readdirSync(folder)
      .filter((file) => file.endsWith(".npy"))
      .map((file) => file.slice(0, -4)),
    open: async (name) => fs.createReadStream(path.join(folder, `${name}.npy`)),
    close: () => undefined,
  };
}

async function openZip(file: string): Promise<Archive> {
  const archive = await openPromise(file, { autoClose: false }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === undefined
      ? broken(path.basename(file), t("is no .npz file or cut off: {0}", messageOf(error)))
      : unreadable(file, error);
  });
  const entries = new Map<string, Parameters<typeof archive.openReadStreamPromise>[0]>();
  try {
    for await (const entry of archive.eachEntry()) {
      entries.set(entry.fileName.replace(/\.npy$/, ""), entry);
    }
  } catch (error) {
    archive.close();
    throw broken(path.basename(file), t("is damaged: {0}", messageOf(error)));
  }
  return {
    names: [...entries.keys()],
    open: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(t("there is no {0}", name));
      return archive.openReadStreamPromise(entry);
    },
    close: () => archive.close(),
  };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const broken = (dataset: string, why: string, hint?: string): TrainingFailure =>
  new TrainingFailure("datasetBroken", t("The data set {0} {1}.", dataset, why), hint);
