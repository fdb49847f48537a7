import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { crc32, gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasFaults } from "../../src/protocol/datasetFaults.ts";
import {
  type DatasetReport,
  type InspectAnswer,
  type InspectProgress,
  parseInspectMessage,
} from "../../src/protocol/datasetReport.ts";
import { inspectDataset as askForReport } from "../../src/trainer/clientInspect.ts";
import { inspectDataset } from "../../src/trainer/inspectDataset.ts";
import { randomFrom } from "../../src/trainer/random.ts";
import { bundle } from "./support/bundle.ts";

let directory = "";
const cacheBefore = process.env["CNN_ARCHITECT_CACHE"];
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "inspect-test-"));
  process.env["CNN_ARCHITECT_CACHE"] = path.join(directory, "cache");
});
afterAll(() => {
  if (cacheBefore === undefined) delete process.env["CNN_ARCHITECT_CACHE"];
  else process.env["CNN_ARCHITECT_CACHE"] = cacheBefore;
  fs.rmSync(directory, { recursive: true, force: true });
});

interface Taken {
  readonly shape?: readonly number[];
  readonly classes?: number;
}

const design = (dataset: unknown, { shape = [8, 8, 3], classes = 3 }: Taken = {}): string =>
  JSON.stringify({
    version: 1,
    nodes: {
      image: { type: "input", shape },
      flat: { type: "flatten", from: "image" },
      output: { type: "dense", from: "flat", units: classes, activation: "softmax" },
    },
    training: { dataset, validationSplit: 0 },
  });

const ask = (text: string): Promise<InspectAnswer> =>
  inspectDataset({ type: "inspectDataset", text, directory }, new AbortController().signal, () => {
    // Nobody watches.
  });

async function inspect(dataset: unknown, taken?: Taken): Promise<DatasetReport> {
  const answer = await ask(design(dataset, taken));
  // What leaves the process is what the other side takes.
  expect(parseInspectMessage(structuredClone(answer))).toEqual(answer);
  if (answer.type === "failed") throw new Error(answer.message);
  return answer;
}

/** A picture of random pixels in a file. */
async function draw(
  name: string,
  seed: number,
  { width = 10, height = 12, isGrey = false } = {},
): Promise<void> {
  const file = path.join(directory, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const channels = isGrey ? 1 : 3;
  const random = randomFrom(seed);
  const pixels = Uint8Array.from({ length: width * height * channels }, () => 256 * random());
  await sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .toFile(file);
}

const copy = (from: string, to: string): void => {
  fs.mkdirSync(path.dirname(path.join(directory, to)), { recursive: true });
  fs.copyFileSync(path.join(directory, from), path.join(directory, to));
};

describe("a folder of images", () => {
  beforeAll(async () => {
    for (let at = 0; at < 8; at += 1) {
      await draw(`pets/train/cat/${at}.png`, at);
      await draw(`pets/train/dog/${at}.png`, 100 + at, { width: 20 + at });
    }
    await draw("pets/train/dog/grey.png", 300, { isGrey: true });
    await draw("pets/test/cat/new.png", 400);
    copy("pets/train/cat/1.png", "pets/test/cat/seen.png");
    copy("pets/train/cat/2.png", "pets/train/cat/again.png");
    copy("pets/train/cat/3.png", "pets/train/dog/mistaken.png");
    fs.mkdirSync(path.join(directory, "pets/train/nothing"));
    fs.writeFileSync(path.join(directory, "pets/train/dog/broken.png"), "<html>");
    const whole = fs.readFileSync(path.join(directory, "pets/train/dog/7.png"));
    fs.writeFileSync(path.join(directory, "pets/test/cat/half.png"), whole.subarray(0, 300));
  });

  it("shows parts, classes, sizes, and all that is wrong", async () => {
    const { samples, normalization, ...report } = await inspect("./pets");
    expect(report).toEqual({
      type: "datasetReport",
      name: "pets",
      folder: path.join(directory, "pets"),
      imageShape: [8, 8, 3],
      parts: [
        { part: "training", images: 19, isCut: false },
        { part: "validation", images: 0, isCut: true },
        { part: "test", images: 2, isCut: false },
      ],
      classCount: 3,
      classes: [
        { name: "cat", counts: [9, 0, 2] },
        { name: "dog", counts: [10, 0, 0] },
        { name: "nothing", counts: [0, 0, 0] },
      ],
      emptyClasses: { count: 1, names: ["nothing"] },
      sizes: {
        smallest: { height: 12, width: 10 },
        largest: { height: 12, width: 27 },
        distinct: 9,
        isComplete: true,
        common: [
          { height: 12, width: 10, images: 13 },
          ...Array.from({ length: 8 }, (_, at) => ({ height: 12, width: 20 + at, images: 1 })),
        ],
        channels: [
          { channels: 3, images: 20 },
          { channels: 1, images: 1 },
        ],
      },
      broken: {
        count: 2,
        listed: [
          { name: "train/dog/broken.png", why: "is no image, or of a kind that is not read" },
          { name: "test/cat/half.png", why: "is cut off or damaged" },
        ],
      },
      duplicates: {
        groups: 3,
        images: 3,
        acrossParts: 1,
        acrossClasses: 1,
        listed: [
          {
            count: 2,
            images: [
              { name: "train/cat/1.png", part: "training", label: "cat" },
              { name: "test/cat/seen.png", part: "test", label: "cat" },
            ],
          },
          {
            count: 2,
            images: [
              { name: "train/cat/3.png", part: "training", label: "cat" },
              { name: "train/dog/mistaken.png", part: "training", label: "dog" },
            ],
          },
          {
            count: 2,
            images: [
              { name: "train/cat/2.png", part: "training", label: "cat" },
              { name: "train/cat/again.png", part: "training", label: "cat" },
            ],
          },
        ],
      },
      obstacle: "The class nothing has no images. Put images into the folder, or remove it.",
    });
    expect(normalization?.mean).toHaveLength(3);
    expect(samples.map(({ label }) => label)).toEqual([...Array(8).fill(0), ...Array(8).fill(1)]);
    expect(samples[0]).toMatchObject({ name: "train/cat/0.png", height: 8, width: 8, channels: 3 });
  });

  it("takes test images as a training does, and finds what both have", async () => {
    for (let at = 0; at < 10; at += 1) copy("pets/train/cat/5.png", `same/one/${at}.png`);
    for (let at = 0; at < 10; at += 1) await draw(`same/two/${at}.png`, 500 + at);
    const report = await inspect({ type: "imageFolder", path: "same", testSplit: 0.3 });
    expect(report.parts.map(({ part, images, isCut }) => [part, images, isCut])).toEqual([
      ["training", 14, false],
      ["validation", 0, true],
      ["test", 6, true],
    ]);
    const { listed, ...counts } = report.duplicates;
    expect(counts).toEqual({ groups: 1, images: 9, acrossParts: 1, acrossClasses: 0 });
    expect(listed[0]?.images.filter(({ part }) => part === "test")).toHaveLength(3);
    expect(report.obstacle).toMatch(/^The data set same has images of 8 × 8 × 3 and 2 classes/);
  });

  it("has no faults where nothing is wrong", async () => {
    for (let at = 0; at < 4; at += 1) {
      for (const name of ["a", "b", "c"]) {
        await draw(`whole/${name}/${at}.jpg`, 1000 + 10 * at + name.charCodeAt(0));
      }
    }
    expect(hasFaults(await inspect({ type: "imageFolder", path: "whole", testSplit: 0.25 }))).toBe(
      false,
    );
    expect(hasFaults(await inspect("./pets"))).toBe(true);
  });

  it("says what is wrong with a folder that holds none", async () => {
    fs.mkdirSync(path.join(directory, "empty"));
    expect(await ask(design("./empty"))).toMatchObject({
      type: "failed",
      code: "noDataset",
      message: `${path.join(directory, "empty")} holds no folders of images.`,
    });
  });
});

/** An IDX file of bytes. */
function idx(extents: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * extents.length);
  header.writeUInt32BE(0x800 | extents.length, 0);
  for (const [axis, extent] of extents.entries()) header.writeUInt32BE(extent, 4 + 4 * axis);
  return Buffer.concat([header, values]);
}

/** An array of bytes as NumPy writes it (NEP 1). */
function npy(shape: readonly number[], values: Uint8Array): Buffer {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const header = `${text.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00v\x00", "latin1"),
    Buffer.from(header),
    values,
  ]);
}

/** A ZIP archive of files that are not packed (APPNOTE 6.3). */
function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = [Buffer.from("PK\x03\x04"), fields, Buffer.from(name), content];
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, Buffer.from(name));
    locals.push(...local);
    offset += Buffer.concat(local).length;
  }
  const directoryBytes = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directoryBytes, end]);
}

/** Four images of 2 × 2 in grey, of which the last repeats the first, and one to test that repeats the second. */
const grey = {
  training: Uint8Array.of(0, 51, 102, 255, 5, 6, 7, 8, 9, 10, 11, 12, 0, 51, 102, 255),
  labels: Uint8Array.of(0, 1, 3, 3),
  test: Uint8Array.of(5, 6, 7, 8),
  testLabels: Uint8Array.of(1),
} as const;

const ofArrays = {
  imageShape: [2, 2, 1],
  counts: [
    [1, 0, 0],
    [1, 0, 1],
    [0, 0, 0],
    [2, 0, 0],
  ],
  empty: ["2"],
  sizes: [{ height: 2, width: 2, images: 5 }],
  duplicates: {
    groups: 2,
    images: 2,
    acrossParts: 1,
    acrossClasses: 1,
    listed: [
      {
        count: 2,
        images: [
          { name: "#1", part: "training", label: "1" },
          { name: "#0", part: "test", label: "1" },
        ],
      },
      {
        count: 2,
        images: [
          { name: "#0", part: "training", label: "0" },
          { name: "#3", part: "training", label: "3" },
        ],
      },
    ],
  },
};

const summary = (report: DatasetReport) => ({
  imageShape: report.imageShape,
  counts: report.classes.map(({ counts }) => counts),
  empty: report.emptyClasses.names,
  sizes: report.sizes?.common,
  duplicates: report.duplicates,
});

const taken = { shape: [2, 2, 1], classes: 4 };

describe("arrays", () => {
  const write = (name: string, content: Uint8Array | string): void => {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.writeFileSync(path.join(directory, name), content);
  };

  it("of IDX files, and the same images as samples", async () => {
    write("idx/train-images-idx3-ubyte.gz", gzipSync(idx([4, 2, 2], grey.training)));
    write("idx/train-labels-idx1-ubyte", idx([4], grey.labels));
    write("idx/t10k-images-idx3-ubyte", idx([1, 2, 2], grey.test));
    write("idx/t10k-labels-idx1-ubyte", idx([1], grey.testLabels));
    const report = await inspect({ type: "idx", path: "idx" }, taken);
    expect(summary(report)).toEqual(ofArrays);
    expect(report.samples.map(({ label, name, pixels }) => [label, name, pixels])).toEqual([
      [0, "#0", Buffer.from([0, 51, 102, 255]).toString("base64")],
      [1, "#1", Buffer.from([5, 6, 7, 8]).toString("base64")],
      [3, "#2", Buffer.from([9, 10, 11, 12]).toString("base64")],
      [3, "#3", Buffer.from([0, 51, 102, 255]).toString("base64")],
    ]);
    const values = [...grey.training].map((value) => value / 255);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(report.normalization?.mean[0]).toBeCloseTo(mean, 6);
    expect(report.normalization?.deviation[0]).toBeCloseTo(Math.sqrt(variance), 6);
  });

  it("of an .npz file", async () => {
    const file = zip({
      "x_train.npy": npy([4, 2, 2], grey.training),
      "y_train.npy": npy([4], grey.labels),
      "x_test.npy": npy([1, 2, 2], grey.test),
      "y_test.npy": npy([1], grey.testLabels),
    });
    write("arrays.npz", file);
    expect(summary(await inspect({ type: "numpy", path: "arrays.npz" }, taken))).toEqual(ofArrays);
  });

  it("of CSV files", async () => {
    const lines = (labels: Uint8Array, pixels: Uint8Array): string =>
      [...labels]
        .map((label, at) => [label, ...pixels.subarray(4 * at, 4 * at + 4)].join())
        .join("\n");
    write("train.csv", `label,a,b,c,d\n${lines(grey.labels, grey.training)}\n`);
    write("test.csv", `label,a,b,c,d\n${lines(grey.testLabels, grey.test)}\n`);
    const report = await inspect({ type: "csv", path: "train.csv", testPath: "test.csv" }, taken);
    expect(summary(report)).toEqual(ofArrays);
  });

  it("of CIFAR files, with the colours of their planes", async () => {
    const row = (label: number, seed: number): Buffer => {
      const random = randomFrom(seed);
      return Buffer.from([label, ...Array.from({ length: 3072 }, () => 256 * random())]);
    };
    for (const batch of [1, 2, 3, 4, 5]) {
      write(
        `cifar/data_batch_${batch}.bin`,
        Buffer.concat([row(batch, batch), row(9, 10 + batch)]),
      );
    }
    write("cifar/test_batch.bin", Buffer.concat([row(3, 3), row(0, 99)]));
    const report = await inspect(
      { type: "cifar10", path: "cifar" },
      { shape: [32, 32, 3], classes: 10 },
    );
    expect(summary(report)).toEqual({
      imageShape: [32, 32, 3],
      counts: [[0, 0, 1], [1, 0, 0], [1, 0, 0], [1, 0, 1], [1, 0, 0], [1, 0, 0], ...rest],
      empty: ["0", "6", "7", "8"],
      sizes: [{ height: 32, width: 32, images: 12 }],
      duplicates: {
        groups: 1,
        images: 1,
        acrossParts: 1,
        acrossClasses: 0,
        listed: [
          {
            count: 2,
            images: [
              { name: "#4", part: "training", label: "3" },
              { name: "#0", part: "test", label: "3" },
            ],
          },
        ],
      },
    });
    const random = randomFrom(1);
    const planes = Uint8Array.from({ length: 3072 }, () => 256 * random());
    const pixels = Buffer.from(
      report.samples.find(({ label }) => label === 1)?.pixels ?? "",
      "base64",
    );
    expect([...pixels.subarray(0, 3)]).toEqual([planes[0], planes[1024], planes[2048]]);
  });

  const rest = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [5, 0, 0],
  ];

  it("names a file that is cut off", async () => {
    write("half/train-images-idx3-ubyte", idx([4, 2, 2], grey.training).subarray(0, 20));
    write("half/train-labels-idx1-ubyte", idx([4], grey.labels));
    expect(await ask(design({ type: "idx", path: "half" }, taken))).toMatchObject({
      type: "failed",
      code: "datasetBroken",
      message:
        "The file train-images-idx3-ubyte of the data set half is cut off: it has 20 bytes, and its header announces 32.",
    });
  });

  it("of a design that takes vectors, and of one that is far from complete", async () => {
    const vectors = await inspect("synthetic", { shape: [12], classes: 4 });
    expect([vectors.sizes, vectors.samples, vectors.imageShape]).toEqual([undefined, [], [12]]);
    const bare = await ask(
      JSON.stringify({ version: 1, training: { dataset: { type: "idx", path: "idx" } } }),
    );
    expect(bare).toMatchObject({ type: "datasetReport", imageShape: [2, 2, 1] });
    expect(bare).not.toHaveProperty("obstacle");
    expect(await ask("{")).toMatchObject({ type: "failed", code: "noDataset" });
  });
});

describe("the trainer's process", () => {
  let trainerFile = "";
  beforeAll(async () => {
    trainerFile = await bundle("src/trainer/main.ts", "inspectTrainer.cjs");
  });
  const mnist = fs.readFileSync(
    path.join(import.meta.dirname, "../../examples/lenet5.cnn.json"),
    "utf8",
  );

  it("says how far it is, and answers", async () => {
    const steps: InspectProgress["step"][] = [];
    const result = await askForReport(
      { text: mnist },
      { signal: new AbortController().signal, report: ({ step }) => steps.push(step), trainerFile },
    );
    expect([...new Set(steps)]).toEqual(["comparing", "measuring"]);
    expect(result).toMatchObject({ type: "datasetReport", name: "mnist", classCount: 10 });
    // As torchvision's examples state them for all 60,000 training images.
    const { normalization } = result as DatasetReport;
    expect(normalization?.mean[0]).toBeCloseTo(0.1307, 3);
    expect(normalization?.deviation[0]).toBeCloseTo(0.3081, 3);
  });

  it("ends when nobody wants to know any more", async () => {
    const cancel = new AbortController();
    const result = await askForReport(
      { text: mnist },
      { signal: cancel.signal, report: () => cancel.abort(), trainerFile },
    );
    expect(result).toEqual({ type: "cancelled" });
  });
});
