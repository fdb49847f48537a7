import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatasetRecipe } from "../../src/core/design/training.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { loadDataset } from "../../src/trainer/datasets/loadDataset.ts";
import { runTraining } from "../../src/trainer/runTraining.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";
import { parseRunRecord } from "../../src/protocol/parseRun.ts";
import { nativeDirectories } from "../../src/native/defaultDirectories.ts";
import { randomFrom } from "../../src/trainer/random.ts";

let directory: string;
// Found before the cache is moved.
const engineDirectories = nativeDirectories();
const cacheBefore = process.env["CNN_ARCHITECT_CACHE"];
beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "image-folder-test-"));
  for (const [label, name] of names.entries()) {
    for (let at = 0; at < 60; at += 1) await draw(`shapes/${name}/${at}`, label, at);
  }
}, 120_000);
afterAll(() => {
  process.env["CNN_ARCHITECT_CACHE"] = cacheBefore;
  if (cacheBefore === undefined) delete process.env["CNN_ARCHITECT_CACHE"];
  fs.rmSync(directory, { recursive: true, force: true });
});

const names = ["across", "blob", "upright"];

/** Bars across, a blob or upright bars, in colours and sizes of their own, as PNG, JPEG or WebP. */
async function draw(name: string, label: number, at: number): Promise<void> {
  const random = randomFrom(1000 * label + at);
  const [width, height] = [30 + Math.floor(40 * random()), 30 + Math.floor(40 * random())];
  const [dark, light] = [80 * random(), 150 + 100 * random()];
  const period = 8 + 6 * random();
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const round = Math.hypot(x - width / 2, y - height / 2) < Math.min(width, height) / 3;
    const isLight = [y % period < period / 2, round, x % period < period / 2][label];
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[3 * pixel + channel] = (isLight === true ? light : dark) + 20 * random();
    }
  }
  const type = (["png", "jpg", "webp"] as const)[at % 3] ?? "png";
  const file = path.join(directory, `${name}.${type}`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(file);
}

const design = (dataset: unknown, more: object = {}) =>
  JSON.stringify({
    version: 1,
    nodes: {
      image: { type: "input", shape: [16, 16, 3] },
      c1: { type: "conv2d", from: "image", filters: 8, kernelSize: 3, activation: "relu" },
      s1: { type: "maxPooling2d", from: "c1", poolSize: 2 },
      flat: { type: "flatten", from: "s1" },
      output: { type: "dense", from: "flat", units: 3, activation: "softmax" },
    },
    training: { dataset, epochs: 8, batchSize: 16, ...more },
  });

async function train(text: string, engine: "wasm" | "tfjs-node"): Promise<readonly TrainerEvent[]> {
  process.env["CNN_ARCHITECT_CACHE"] = path.join(directory, "cache");
  const events: TrainerEvent[] = [];
  await runTraining(
    {
      type: "start",
      text,
      engine,
      engineDirectories,
      runDirectory: path.join(directory, `run-${engine}`),
      designFile: path.join(directory, "design.cnn.json"),
    },
    new AbortController().signal,
    (event) => events.push(event),
  );
  return events;
}

describe.each(["wasm", "tfjs-node"] as const)("a folder of images on %s", (engine) => {
  it("is learnt, normalised, changed at random and weighed", async () => {
    const events = await train(
      design("./shapes", {
        normalization: "standardize",
        classWeights: "balanced",
        augmentation: { flip: "both", shift: 1, brightness: 0.1, mixup: 0.1 },
      }),
      engine,
    );
    expect(events.find(({ type }) => type === "started")).toMatchObject({
      dataset: "shapes",
      // 60 a class, of which 6 are kept to test and a tenth of the others to validate.
      trainingImages: 146,
      validationImages: 16,
      testImages: 18,
    });
    const ending = events.at(-1);
    expect(ending).toMatchObject({ type: "finished", reason: "completed" });
    const record = fs.readFileSync(path.join(directory, `run-${engine}`, "run.json"), "utf8");
    expect(parseRunRecord(record)).toMatchObject({
      recipe: { dataset: { type: "imageFolder", path: "./shapes" } },
      normalization: { mean: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    });
    // Chance is a third.
    expect(ending?.type === "finished" && ending.testAccuracy).toBeGreaterThan(0.8);
  });
});

describe("a folder of images", () => {
  const here = () => ({
    directory,
    cache: path.join(directory, "cache"),
    signal: new AbortController().signal,
    report: () => undefined,
  });
  const load = (folder: string, classes = 3, more: Partial<DatasetRecipe> = {}) =>
    loadDataset(
      {
        dataset: {
          type: "imageFolder",
          path: folder,
          resize: null,
          crop: "cover",
          testSplit: 0.1,
          ...more,
        } as DatasetRecipe,
        normalization: "scale",
        validationSplit: 0.1,
        seed: 1,
      },
      { inputShape: [16, 16, 3], classes },
      here(),
    );
  const failure = (loaded: Promise<unknown>): Promise<string> =>
    loaded.then(
      () => "nothing",
      (error: unknown) => {
        expect(error).toBeInstanceOf(TrainingFailure);
        const { message, hint } = error as TrainingFailure;
        return `${message} ${hint ?? ""}`;
      },
    );
  const copy = (name: string, change: (folder: string) => void): string => {
    const folder = path.join(directory, name);
    fs.cpSync(path.join(directory, "shapes"), folder, { recursive: true });
    change(folder);
    return folder;
  };

  it("leaves out few damaged images, and names them", async () => {
    const folder = copy("few-broken", (made) => {
      const whole = fs.readFileSync(path.join(made, "blob", "1.jpg"));
      fs.writeFileSync(path.join(made, "blob", "1.jpg"), whole.subarray(0, whole.length / 2));
      fs.writeFileSync(path.join(made, "across", "0.png"), "<html>not found</html>");
      fs.writeFileSync(path.join(made, "across", "notes.txt"), "no image");
    });
    const dataset = await load(folder);
    expect(dataset.training.count + dataset.test.count).toBe(178);
    expect(dataset.notes).toEqual([
      "2 images are left out: across/0.png is no image, or of a kind that is not read, blob/1.jpg is cut off or damaged.",
    ]);
  });

  it("refuses many damaged images", async () => {
    const folder = copy("many-broken", (made) => {
      for (let at = 0; at < 60; at += 3) fs.writeFileSync(path.join(made, "blob", `${at}.png`), "");
    });
    expect(await failure(load(folder))).toMatch(
      /^20 of 180 training images cannot be used; the first, blob\/0\.png, /,
    );
  });

  it("refuses an image that would unpack to more than 100 million pixels", async () => {
    const folder = copy("bomb", () => undefined);
    await sharp({ create: { width: 15_000, height: 8000, channels: 3, background: "red" } })
      .png()
      .toFile(path.join(folder, "blob", "bomb.png"));
    const { notes } = await load(folder);
    expect(notes).toEqual([
      "One image is left out: blob/bomb.png has more than 100 million pixels.",
    ]);
  });

  it.each<readonly [string, (folder: string) => void, RegExp]>([
    [
      "a class without images",
      (made) => fs.mkdirSync(path.join(made, "nothing")),
      /^The class nothing has no images\. Put images into the folder, or remove it\./,
    ],
    [
      "another number of classes",
      (made) => fs.cpSync(path.join(made, "blob"), path.join(made, "blob2"), { recursive: true }),
      /has images of 16 × 16 × 3 and 4 classes, the design takes 16 × 16 × 3 and gives 3 values/,
    ],
    [
      "a class that only the test images have",
      (made) => {
        const parts = path.join(made, "train");
        for (const name of names) fs.renameSync(path.join(made, name), path.join(parts, name));
      },
      /./,
    ],
  ])("says what is wrong: %s", async (name, change, words) => {
    const folder = copy(`wrong-${name.replaceAll(" ", "-")}`, (made) => {
      if (name.startsWith("a class that")) {
        fs.mkdirSync(path.join(made, "train"));
        change(made);
        fs.mkdirSync(path.join(made, "test", "unknown"), { recursive: true });
      } else {
        change(made);
      }
    });
    expect(await failure(load(folder))).toMatch(
      name.startsWith("a class that")
        ? /^The test images have a class unknown that the training images do not have\./
        : words,
    );
  });

  it("names a folder that is not there, and what a folder of another kind holds", async () => {
    expect(await failure(load("nowhere"))).toMatch(/^There is no data set at .*nowhere\./);
    fs.mkdirSync(path.join(directory, "digits"));
    fs.writeFileSync(path.join(directory, "digits", "train-images-idx3-ubyte.gz"), "");
    expect(await failure(load("digits"))).toMatch(
      /IDX files\. Set the type of the data set to "idx"\./,
    );
  });

  it("takes parts from folders, and the same pixels from the disk the second time", async () => {
    const folder = path.join(directory, "parts");
    for (const part of ["train", "val", "test"]) {
      for (const name of names) {
        fs.mkdirSync(path.join(folder, part, name), { recursive: true });
        for (const at of part === "train" ? [0, 3, 6, 9] : part === "val" ? [12] : [15, 18]) {
          fs.copyFileSync(
            path.join(directory, "shapes", name, `${at}.png`),
            path.join(folder, part, name, `${at}.png`),
          );
        }
      }
    }
    const [first, second] = [await load(folder), await load(folder)];
    expect([first.training.count, first.validation?.count, first.test.count]).toEqual([12, 3, 6]);
    const read = ({ training }: typeof first) => {
      const images = new Float32Array(12 * 768);
      const labels = new Float32Array(36);
      for (let at = 0; at < 12; at += 1) training.write(at, images, labels, at);
      return { images, labels };
    };
    expect(read(second)).toEqual(read(first));
  });
});
