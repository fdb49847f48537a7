import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { BatchReader, shuffled, splitTraining, whole } from "../../src/trainer/datasets/batches.ts";
import type { Dataset, Fit } from "../../src/trainer/datasets/dataset.ts";
import { loadDataset } from "../../src/trainer/datasets/loadDataset.ts";
import { loadMnist } from "../../src/trainer/datasets/mnist.ts";
import type { Surroundings } from "../../src/trainer/datasets/source.ts";
import type { DatasetRecipe } from "../../src/core/design/training.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";

const mnistFit: Fit = { inputShape: [28, 28, 1], classes: 10, seed: 1 };

const here: Surroundings = {
  directory: undefined,
  cache: path.join(os.tmpdir(), "never-made"),
  signal: new AbortController().signal,
  report: () => undefined,
};

const recipeOf = (dataset: DatasetRecipe, seed: number) =>
  ({ dataset, seed, normalization: "scale", validationSplit: 0.1 }) as const;

const loadNamed = (type: "mnist" | "synthetic", { seed, ...fit }: Fit) =>
  loadDataset(recipeOf({ type }, seed), fit, here);

async function failureOf(
  load: () => unknown,
): Promise<{ code: string; message: string; hint?: string }> {
  try {
    await load();
  } catch (error) {
    expect(error).toBeInstanceOf(TrainingFailure);
    const { code, message, hint } = error as TrainingFailure;
    return { code, message, ...(hint !== undefined && { hint }) };
  }
  throw new Error("nothing was refused");
}

describe("mnist", () => {
  it("has the images and labels of the original files", async () => {
    const dataset = await loadNamed("mnist", mnistFit);
    expect([dataset.training.count, dataset.test.count]).toEqual([60_000, 10_000]);
    const { images, labels } = await readAll(dataset, [0, 1, 2, 3, 4]);
    // The training set begins with 5, 0, 4, 1, 9.
    expect([0, 1, 2, 3, 4].map((at) => labels.subarray(at * 10, at * 10 + 10).indexOf(1))).toEqual([
      5, 0, 4, 1, 9,
    ]);
    // First row with ink of the first digit, in bytes.
    const row = images.slice(5 * 28 + 12, 5 * 28 + 24).map((value) => Math.round(value * 255));
    expect([...row]).toEqual([3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127]);
    expect(dataset.notes).toEqual([]);
  });

  it("pads by 2 for designs of 32 × 32, as LeNet-5 was published, and says so", async () => {
    const plain = (await readAll(await loadNamed("mnist", mnistFit), [7])).images;
    const padded = await loadNamed("mnist", { ...mnistFit, inputShape: [32, 32, 1] });
    expect(padded.notes).toEqual([
      "The images of 28 × 28 are padded by 2 on each side to 32 × 32 × 1.",
    ]);
    const { images } = await readAll(padded, [7]);
    for (let y = 0; y < 32; y += 1) {
      for (let x = 0; x < 32; x += 1) {
        const inside = y >= 2 && y < 30 && x >= 2 && x < 30;
        expect(images[y * 32 + x]).toBe(inside ? plain[(y - 2) * 28 + x - 2] : 0);
      }
    }
  });

  it("fits a design that takes a vector", async () => {
    const vector = await loadNamed("mnist", { ...mnistFit, inputShape: [784] });
    expect((await readAll(vector, [3])).images).toEqual(
      (await readAll(await loadNamed("mnist", mnistFit), [3])).images,
    );
  });

  it("says how a design differs, and what to change", async () => {
    expect(
      await failureOf(() => loadNamed("mnist", { inputShape: [32, 32, 3], classes: 100, seed: 1 })),
    ).toEqual({
      code: "datasetMismatch",
      message:
        "The data set mnist has images of 28 × 28 × 1 and 10 classes, the design takes 32 × 32 × 3 and gives 100 values.",
      hint: "Set the shape of its input to [28, 28, 1] and the units of its last layer to 10, or choose another data set (synthetic fits every design).",
    });
    expect((await failureOf(() => loadNamed("mnist", { ...mnistFit, classes: 12 }))).hint).toBe(
      "Set the units of its last layer to 10, or choose another data set (synthetic fits every design).",
    );
  });
});

describe("broken files of mnist are named", () => {
  let directory: string;
  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "mnist-"));
    for (const part of ["train", "t10k"]) {
      writeIdx(`${part}-images-idx3-ubyte`, [4, 28, 28]);
      writeIdx(`${part}-labels-idx1-ubyte`, [4]);
    }
  });
  afterEach(() => fs.rmSync(directory, { recursive: true }));

  function writeIdx(name: string, extents: readonly number[], change?: (file: Buffer) => Buffer) {
    const header = Buffer.alloc(4 + 4 * extents.length);
    header.writeUInt32BE(0x800 | extents.length, 0);
    for (const [axis, extent] of extents.entries()) header.writeUInt32BE(extent, 4 + 4 * axis);
    const file = Buffer.concat([header, Buffer.alloc(sizeOf(extents), 1)]);
    fs.writeFileSync(path.join(directory, name), change?.(file) ?? file);
  }
  const failure = () => failureOf(() => loadMnist(mnistFit, directory));

  it("takes whole ones", async () => {
    expect((await loadMnist(mnistFit, directory)).training.count).toBe(4);
  });

  it.each<readonly [string, () => void, RegExp]>([
    [
      "cut off in the middle",
      () => writeIdx("train-images-idx3-ubyte", [4, 28, 28], (file) => file.subarray(0, 1000)),
      /train-images-idx3-ubyte of the data set mnist is cut off: it has 1000 bytes, and its header announces 3152/u,
    ],
    [
      "cut off in the header",
      () => writeIdx("t10k-labels-idx1-ubyte", [4], (file) => file.subarray(0, 3)),
      /t10k-labels-idx1-ubyte.*is cut off: it has only 3 bytes/u,
    ],
    [
      "too long",
      () => writeIdx("t10k-labels-idx1-ubyte", [4], (file) => Buffer.concat([file, file])),
      /t10k-labels-idx1-ubyte.*is too long/u,
    ],
    [
      "missing",
      () => fs.rmSync(path.join(directory, "train-labels-idx1-ubyte")),
      /train-images-idx3-ubyte, but not its file of labels, which is missing/u,
    ],
    [
      "something else",
      () =>
        fs.writeFileSync(path.join(directory, "train-images-idx3-ubyte"), "<html>not found</html>"),
      /train-images-idx3-ubyte.*is not an IDX file of images: it begins with 0x3c68746d/u,
    ],
    [
      "with another number of labels",
      () => writeIdx("train-labels-idx1-ubyte", [3]),
      /train-images-idx3-ubyte has 4 images and train-labels-idx1-ubyte has 3 labels/u,
    ],
    [
      "with a label that is no digit",
      () => writeIdx("train-labels-idx1-ubyte", [4], (file) => Buffer.from(file.fill(77, 10, 11))),
      /Label 2 of the data set mnist is 77, not a whole number from 0 to 9/u,
    ],
  ])("%s", async (_name, breakIt, words) => {
    breakIt();
    expect(await failure()).toMatchObject({
      code: "datasetBroken",
      message: expect.stringMatching(words),
    });
  });
});

describe("synthetic", () => {
  it.each<readonly [readonly number[], number]>([
    [[32, 32, 3], 10],
    [[9, 17, 1], 3],
    [[8, 8, 4], 37],
    [[20], 4],
    [[1, 1, 1], 2],
  ])("fits a design of %j with %i classes", async (inputShape, classes) => {
    const dataset = await loadNamed("synthetic", { inputShape, classes, seed: 3 });
    const { images, labels } = await readAll(dataset, [0, 1, classes, 4999]);
    expect(images).toHaveLength(4 * sizeOf(inputShape));
    expect(images.every(Number.isFinite)).toBe(true);
    const classesOf = [0, 1, 2, 3].map((at) =>
      labels.subarray(at * classes, (at + 1) * classes).indexOf(1),
    );
    expect(classesOf).toEqual([0, 1, 0, 4999 % classes]);
    expect(labels.reduce((sum, value) => sum + value, 0)).toBe(4);
  });

  it("draws the same image again from the same seed and number, whatever stood in the batch", async () => {
    const fit = { inputShape: [12, 12, 3], classes: 5, seed: 3 };
    const one = (await readAll(await loadNamed("synthetic", fit), [7, 8, 7])).images;
    const size = sizeOf(fit.inputShape);
    expect(one.subarray(0, size)).toEqual(one.subarray(2 * size));
    expect(one.subarray(0, size)).not.toEqual(one.subarray(size, 2 * size));
    const other = (await readAll(await loadNamed("synthetic", { ...fit, seed: 4 }), [7])).images;
    expect(other).not.toEqual(one.subarray(0, size));
  });
});

describe("loadDataset", () => {
  it("says how to name a data set where a design names none", async () => {
    const { dataset: _none, ...recipe } = recipeOf({ type: "mnist" }, 1);
    expect(
      await failureOf(() => loadDataset(recipe, { inputShape: [28, 28, 1], classes: 10 }, here)),
    ).toMatchObject({ code: "noDataset", message: "The design names no data set to train on." });
  });
});

describe("batches", () => {
  const dataset: Dataset = {
    name: "numbers",
    imageShape: [1],
    classes: 2,
    notes: [],
    training: numbers(103),
    test: numbers(7),
  };

  it("splits by the seed into two parts without an image in both", async () => {
    const { training, validation } = splitTraining(dataset, 0.2, 1);
    expect([training.indices.length, validation.indices.length]).toEqual([82, 21]);
    const all = new Set([...training.indices, ...validation.indices]);
    expect(all.size).toBe(103);
    expect(splitTraining(dataset, 0.2, 1).validation.indices).toEqual(validation.indices);
    expect(splitTraining(dataset, 0.2, 2).validation.indices).not.toEqual(validation.indices);
    expect(splitTraining(dataset, 0, 1).validation.indices).toHaveLength(0);
  });

  it("shuffles anew every epoch and never loses an image", async () => {
    const part = whole(dataset.training);
    const [first, second] = [shuffled(part, 1, 1), shuffled(part, 1, 2)];
    expect(first.indices).not.toEqual(second.indices);
    expect(shuffled(part, 1, 1).indices).toEqual(first.indices);
    expect(first.indices.toSorted()).toEqual(part.indices);
  });

  it("reads every image once, the last batch smaller", async () => {
    const reader = new BatchReader(dataset, 25);
    const sizes: number[] = [];
    const read: number[] = [];
    for await (const { size, images, labels } of reader.batches(
      shuffled(whole(dataset.training), 1, 1),
    )) {
      sizes.push(size);
      read.push(...images);
      expect([...images].map((value) => value % 2)).toEqual(
        Array.from({ length: size }, (_, at) => labels[2 * at + 1]),
      );
    }
    expect(sizes).toEqual([25, 25, 25, 25, 3]);
    expect(read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
  });

  it("begins within an epoch exactly where a batch begins", async () => {
    const part = shuffled(whole(dataset.training), 1, 1);
    const all = await readBatches(new BatchReader(dataset, 25).batches(part));
    for (const start of [0, 1, 4, 5]) {
      const rest = await readBatches(new BatchReader(dataset, 25).batches(part, start));
      expect(rest).toEqual(all.slice(start));
    }
  });

  it("fetches the next batches before they are asked for, and fails only where they are used", async () => {
    const fetched: number[][] = [];
    const part = whole(farAway(103, fetched));
    const read: number[][] = [];
    const reading = (async () => {
      for await (const { images } of new BatchReader(dataset, 10).batches(part)) {
        read.push([...images]);
        expect(fetched.length).toBe(Math.min(11, read.length + 2));
      }
    })();
    await expect(reading).rejects.toThrow("the disk is gone");
    expect(read.flat()).toEqual(Array.from({ length: 90 }, (_, i) => i));
  });
});

/** Examples that come from elsewhere: each may be written only by what its own fetch gave, which settles in any order. */
function farAway(count: number, fetched: number[][]): Dataset["training"] {
  const { write } = numbers(count);
  return {
    count,
    write() {
      throw new Error("not in memory");
    },
    async fetch(indices) {
      fetched.push([...indices]);
      for (let turns = indices.length % 3; turns > 0; turns -= 1) await Promise.resolve();
      if (indices.includes(90)) throw new Error("the disk is gone");
      return { write };
    },
  };
}

/** Images of one pixel that holds the number; odd ones are class 1. */
function numbers(count: number): Dataset["training"] {
  return {
    count,
    write(index, images, labels, position) {
      images[position] = index;
      labels[2 * position + (index % 2)] = 1;
    },
  };
}

async function readBatches(batches: AsyncIterable<{ readonly images: Float32Array }>) {
  const all: number[][] = [];
  for await (const { images } of batches) all.push([...images]);
  return all;
}

async function readAll(dataset: Dataset, indices: readonly number[]) {
  const reader = new BatchReader(dataset, indices.length);
  const part = { examples: dataset.training, indices: Uint32Array.from(indices) };
  const { value } = await reader.batches(part).next();
  return value!;
}
