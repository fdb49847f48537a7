import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { augmentationOptions } from "../../src/core/design/augmentationOptions.ts";
import { readOptions } from "../../src/core/design/readOptions.ts";
import type { AugmentationRecipe } from "../../src/core/design/augmentationOptions.ts";
import { BatchReader, shuffled, splitTraining, whole } from "../../src/trainer/datasets/batches.ts";
import type { Dataset, Examples } from "../../src/trainer/datasets/dataset.ts";
import { measure } from "../../src/trainer/datasets/normalization.ts";
import { trainingTransform, weightsOf } from "../../src/trainer/datasets/trainingTransform.ts";

const { values: nothing } = readOptions(augmentationOptions, {});
const recipe = (augmentation: Partial<AugmentationRecipe>, seed = 1) =>
  ({ augmentation: { ...nothing!, ...augmentation }, classWeights: "none", seed }) as const;

/** Images whose pixels are all different, in classes by turns. */
function images(count: number, isFar = false): Examples {
  const write: Examples["write"] = (index, pixels, labels, position) => {
    for (let at = 0; at < 75; at += 1) pixels[75 * position + at] = index + at / 100;
    labels[3 * position + (index % 3)] = 1;
  };
  const labelOf = (index: number) => index % 3;
  return { count, write, labelOf, ...(isFar && { fetch: async () => ({ write }) }) };
}

const dataset = (count: number): Dataset => ({
  name: "pixels",
  imageShape: [5, 5, 3],
  classes: 3,
  notes: [],
  training: images(count),
  test: images(1),
});

/** What every image becomes, by its number. */
async function changed(
  augmentation: Partial<AugmentationRecipe>,
  { batchSize = 7, epoch = 1, seed = 1, startBatch = 0 } = {},
): Promise<ReadonlyMap<number, { readonly pixels: string; readonly label: string }>> {
  const data = dataset(40);
  const part = shuffled(whole(data.training), 9, 9);
  const transform = trainingTransform(data, part, recipe(augmentation, seed))?.(epoch);
  const found = new Map<number, { pixels: string; label: string }>();
  let next = startBatch * batchSize;
  for await (const batch of new BatchReader(data, batchSize).batches(part, startBatch, transform)) {
    for (let at = 0; at < batch.size; at += 1, next += 1) {
      found.set(part.indices[next] ?? -1, {
        pixels: batch.images.slice(75 * at, 75 * at + 75).join(),
        label: batch.labels.slice(3 * at, 3 * at + 3).join(),
      });
    }
  }
  return found;
}

const everything = {
  flip: "both",
  shift: 2,
  rotation: 20,
  brightness: 0.2,
  contrast: 0.3,
  saturation: 0.4,
  cutout: 2,
} as const;

describe("augmentation", () => {
  it("follows from seed, epoch and number alone, whatever the batch size and the start", async () => {
    const first = await changed(everything);
    expect(await changed(everything, { batchSize: 40 })).toEqual(first);
    expect(
      [...(await changed(everything, { startBatch: 3 }))].every(([index, one]) => {
        const other = first.get(index);
        return other?.pixels === one.pixels && other.label === one.label;
      }),
    ).toBe(true);
    const pixelsOf = (all: typeof first) => [...all.values()].map(({ pixels }) => pixels);
    expect(pixelsOf(await changed(everything, { epoch: 2 }))).not.toEqual(pixelsOf(first));
    expect(pixelsOf(await changed(everything, { seed: 2 }))).not.toEqual(pixelsOf(first));
  });

  it("leaves labels alone", async () => {
    for (const [index, { label }] of await changed(everything)) {
      expect(label).toBe([0, 1, 2].map((one) => Number(one === index % 3)).join());
    }
  });

  it("mirrors and moves whole pixels", async () => {
    const mirrored = await changed({ flip: "horizontal" });
    const kinds = new Set<string>();
    for (const [index, { pixels }] of mirrored) {
      const values = pixels.split(",").map((value) => Math.round((Number(value) - index) * 100));
      const row = [0, 3, 6, 9, 12].map((at) => values[at]).join();
      kinds.add(row);
    }
    expect([...kinds].toSorted()).toEqual(["0,3,6,9,12", "12,9,6,3,0"]);
  });

  it("mixes images and labels by the same share", async () => {
    const mixed = await changed({ mixup: 0.4 });
    let soft = 0;
    for (const { label } of mixed.values()) {
      const shares = label.split(",").map(Number);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      if (shares.some((share) => share > 0.01 && share < 0.99)) soft += 1;
    }
    expect(soft).toBeGreaterThan(5);
  });
});

it("shuffles what lies on a disk by blocks, every image exactly once", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 0, max: 99 }),
      (count, seed) => {
        const part = whole(images(count, true));
        const { indices } = shuffled(part, seed, 3);
        expect(indices.toSorted()).toEqual(part.indices);
      },
    ),
    { numRuns: 20 },
  );
  const { indices } = shuffled(whole(images(20_000, true)), 1, 1);
  // The first buffer of 8,192 images is 128 whole blocks of 64 neighbours.
  expect(new Set(indices.subarray(0, 8192).map((index) => Math.floor(index / 64))).size).toBe(128);
  expect(shuffled(whole(images(20_000, true)), 1, 1).indices).toEqual(indices);
});

it("measures mean and deviation on the images that are trained on", async () => {
  const data = dataset(40);
  const { training } = splitTraining(data, 0.25, 1);
  const { mean, deviation } = await measure(training, [5, 5, 3], 3, new AbortController().signal);
  for (const channel of [0, 1, 2]) {
    const values = [...training.indices].flatMap((index) =>
      Array.from({ length: 25 }, (_, at) => index + (3 * at + channel) / 100),
    );
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
    expect(mean[channel]).toBeCloseTo(average, 4);
    expect(deviation[channel]).toBeCloseTo(Math.sqrt(variance), 4);
  }
});

it("balances classes as scikit-learn does", () => {
  const part = { examples: images(10), indices: Uint32Array.of(0, 3, 6, 1, 4, 2) };
  expect([...(weightsOf(part, 3, "balanced") ?? [])]).toEqual([6 / 9, 1, 2].map(Math.fround));
  expect([...(weightsOf(part, 3, [1, 2, 0.5]) ?? [])]).toEqual([1, 2, 0.5]);
});
