import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCifar10, loadCifar100 } from "../../src/trainer/datasets/cifar.ts";
import { loadCsv } from "../../src/trainer/datasets/csvFile.ts";
import { decodeImage } from "../../src/trainer/datasets/decodeImage.ts";
import { loadIdxFolder } from "../../src/trainer/datasets/idxFolder.ts";
import { loadNumpy } from "../../src/trainer/datasets/numpyFile.ts";
import type { LabelledPixels, SourceDataset } from "../../src/trainer/datasets/source.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";
import { ask, missingPython } from "./oracle.ts";

let directory: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "datasets-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const here = () => ({
  directory,
  cache: path.join(directory, "cache"),
  signal: new AbortController().signal,
  report: () => undefined,
});

const missing = missingPython("torchvision");
if (missing !== undefined) {
  process.stderr.write(`Python writes no data sets here: ${missing}\n`);
}

const rowsOf = ({ pixels: { values = new Uint8Array(), size }, labels }: LabelledPixels) => ({
  x: Array.from(labels, (_, at) => Array.from(values.subarray(at * size, (at + 1) * size))),
  y: [...labels],
});

/** What went wrong, in words. */
const failure = (loaded: Promise<SourceDataset>): Promise<string> =>
  loaded.then(
    () => "nothing",
    (error: unknown) => {
      expect(error).toBeInstanceOf(TrainingFailure);
      const { message, hint } = error as TrainingFailure;
      return [message, hint].join(" ");
    },
  );

describe.skipIf(missing !== undefined)("data sets that NumPy wrote", () => {
  interface Answer {
    readonly x: number[][];
    readonly y: number[];
    readonly grey: number[][];
    readonly cifar: number[][];
    readonly fine: number[];
    readonly square: number[][];
    readonly classes: number[];
  }
  let answer: Answer;
  beforeAll(async () => {
    const [first] = await ask<Answer>("torchvision", "datasets_oracle.py", [
      { what: "arrays", folder: directory },
    ]);
    answer = first as Answer;
  });

  it.each(["keras.npz", "stored.npz", "npy"])("%s has the images and labels", async (file) => {
    const { imageShape, classNames, training, test } = await loadNumpy({ path: file }, here());
    const { x, y } = answer;
    expect({ imageShape, classNames }).toEqual({
      imageShape: [6, 5, 3],
      classNames: ["0", "1", "2", "3"],
    });
    expect(training.pixels.type).toBe("uint8");
    expect(rowsOf(training)).toEqual({ x, y });
    expect(test && rowsOf(test)).toEqual({ x: x.slice(0, 8), y: y.slice(0, 8) });
  });

  it("reads floats, columns of labels, MedMNIST's names and one-hot labels", async () => {
    const floats = await loadNumpy({ path: "floats.npz" }, here());
    const unit = (rows: number[][]) =>
      rows.map((row) => row.map((value) => Math.fround(value / 255)));
    expect(rowsOf(floats.training)).toEqual({ x: unit(answer.x), y: answer.y });
    expect(floats.test && rowsOf(floats.test).x).toEqual(unit(answer.x.slice(0, 8)));
    const medical = await loadNumpy({ path: "medmnist.npz" }, here());
    expect(medical.validation && rowsOf(medical.validation)).toEqual({
      x: answer.x.slice(8, 16),
      y: answer.y.slice(8, 16),
    });
    const oneHot = await loadNumpy({ path: "onehot.npz" }, here());
    expect(rowsOf(oneHot.training)).toEqual({ x: answer.x, y: answer.y });
    expect(oneHot.test).toBeUndefined();
  });

  it.each([
    ["fortran.npz", /the array x_train is in Fortran order; save numpy.ascontiguousarray/],
    ["big_endian.npz", /has values of the type '>f4'; save it as uint8, int64 or float32/],
    ["objects.npz", /has values of the type '\|O'/],
    ["first.npz", /has the channels before the rows and columns; save numpy.moveaxis/],
    ["plain.csv", /is no .npz file or cut off/],
    ["nowhere.npz", /There is no data set at/],
  ])("refuses %s in words", async (file, words) => {
    expect(await failure(loadNumpy({ path: file }, here()))).toMatch(words);
  });

  it("says where half an .npz is missing", async () => {
    const whole = fs.readFileSync(path.join(directory, "stored.npz"));
    fs.writeFileSync(path.join(directory, "half.npz"), whole.subarray(0, whole.length / 2));
    expect(await failure(loadNumpy({ path: "half.npz" }, here()))).toMatch(/cut off/);
    const npy = fs.readFileSync(path.join(directory, "npy", "x_train.npy"));
    const folder = path.join(directory, "half-npy");
    fs.cpSync(path.join(directory, "npy"), folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "x_train.npy"), npy.subarray(0, 1000));
    expect(await failure(loadNumpy({ path: folder }, here()))).toMatch(
      /x_train is cut off: 31 of its entries are missing/,
    );
  });

  it.each(["idx", "idx-gz"])("reads a folder of IDX files: %s", async (folder) => {
    const { imageShape, training, test } = await loadIdxFolder({ path: folder }, here());
    expect(imageShape).toEqual([6, 5, 1]);
    expect(rowsOf(training)).toEqual({ x: answer.grey, y: answer.y });
    expect(test && rowsOf(test).x).toEqual(answer.grey.slice(0, 8));
  });

  it("reads the binary CIFAR files, plane by plane", async () => {
    const ten = await loadCifar10({ path: "." }, here());
    const { x, y } = rowsOf(ten.training);
    expect(x.slice(0, 12)).toEqual(answer.cifar);
    expect([x.length, y.slice(0, 12)]).toEqual([60, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]]);
    expect(ten.classNames.slice(0, 2)).toEqual(["airplane", "automobile"]);
    const fine = await loadCifar100({ path: "cifar-100-binary", labels: "fine" }, here());
    expect(rowsOf(fine.training)).toEqual({ x: answer.cifar, y: answer.fine });
    const coarse = await loadCifar100({ path: "cifar-100-binary", labels: "coarse" }, here());
    expect(rowsOf(coarse.training).y).toEqual(answer.fine.map((label) => Math.floor(label / 5)));
    expect(await failure(loadCifar10({ path: "cifar-python" }, here()))).toMatch(
      /holds the Python version of CIFAR-10.*binary version/,
    );
  });

  it.each(["header.csv", "plain.csv", "semicolon.csv"])("reads %s", async (file) => {
    const csv = await loadCsv({ path: file, testPath: "", label: "label" }, here());
    expect(csv.imageShape).toEqual([4, 4, 1]);
    expect(csv.training.pixels.type).toBe("uint8");
    expect(rowsOf(csv.training)).toEqual({ x: answer.square, y: answer.classes });
  });

  it("reads classes that are words and pixels that are real numbers", async () => {
    const csv = await loadCsv({ path: "words.csv", testPath: "", label: "class" }, here());
    expect(csv.classNames).toEqual(["cat", "dog, small", "new"]);
    const { x, y } = rowsOf(csv.training);
    expect(y).toEqual(answer.classes);
    expect(x.flat().map((value) => Math.round(value * 255))).toEqual(answer.square.flat());
  });
});

/** Mean difference of 255 where libvips shrinks while it decodes, spreads colours otherwise, or the image is dots. */
const coarse: Readonly<Record<string, number>> = {
  "big.jpg": 5,
  "lossy.webp": 4,
  "lossless.webp": 1.2,
  "bits.png": 3,
  "bits.bmp": 3,
};

describe.skipIf(missing !== undefined)("images that Pillow wrote", () => {
  let names: readonly string[];
  beforeAll(async () => {
    const [first] = await ask<readonly string[]>("torchvision", "datasets_oracle.py", [
      { what: "images", folder: path.join(directory, "images") },
    ]);
    names = first as readonly string[];
  });

  it.each([
    ["cover", 3],
    ["fill", 3],
    ["contain", 3],
    ["cover", 1],
  ] as const)(
    "have the pixels that Pillow makes of them: %s, %i channels",
    async (crop, channels) => {
      const form = { height: 32, width: 40, crop, channels };
      const wanted = await ask<readonly number[]>(
        "torchvision",
        "datasets_oracle.py",
        names.map((name) => ({
          what: "pixels",
          file: path.join(directory, "images", name),
          ...form,
        })),
      );
      const differences: Record<string, number> = {};
      for (const [at, name] of names.entries()) {
        const pixels = await decodeImage(path.join(directory, "images", name), form);
        const expected = wanted[at] ?? [];
        expect(pixels.length).toBe(expected.length);
        const sum = pixels.reduce(
          (total, value, index) => total + Math.abs(value - (expected[index] ?? 0)),
          0,
        );
        differences[name] = sum / pixels.length;
      }
      const far = Object.entries(differences).filter(
        ([name, difference]) => difference > (coarse[path.basename(name)] ?? 0.5),
      );
      expect(far).toEqual([]);
    },
  );
});
