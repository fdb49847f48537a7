import { analyzeText } from "../core/analysis/analyze.ts";
import { sizeOf } from "../core/layers/shape.ts";
import type { SampleImages, SampleRequest } from "../protocol/sampleImages.ts";
import type { DatasetType } from "../core/design/datasetOptions.ts";
import type { ExampleWriter } from "./datasets/dataset.ts";
import { datasetCache } from "./datasets/imageCache.ts";
import { loadDataset } from "./datasets/loadDataset.ts";

const none: SampleImages = { type: "sampleImages", imageShape: [], images: [] };

/** A few images of the data set that a design names, in the shape that it takes; none where that cannot be. */
export async function readSamples(request: SampleRequest): Promise<SampleImages> {
  try {
    return await read(request);
  } catch {
    // A picture is no more than a help; the training says what is wrong with the data.
    return none;
  }
}

/** Data sets that are prepared as a whole before the first image can be had. */
const slow: ReadonlySet<DatasetType> = new Set(["imageFolder", "csv"]);

async function read({ text, directory, count }: SampleRequest): Promise<SampleImages> {
  const { parsed, network } = analyzeText(text);
  const { training } = parsed.design;
  const input = network.layers.find(({ type }) => type === "input");
  const inputShape = input?.inference?.outputShape;
  const classes = network.byId.get(network.outputs[0] ?? "")?.inference?.outputShape.at(-1);
  if (training === undefined || inputShape === undefined || classes === undefined) return none;
  if (training.dataset === undefined || slow.has(training.dataset.type)) return none;
  // As they are: what normalisation does to them is not for the eye.
  const recipe = { ...training, normalization: "scale" } as const;
  const surroundings = {
    directory,
    cache: datasetCache(),
    signal: new AbortController().signal,
    report: () => undefined,
  };
  const { test } = await loadDataset(recipe, { inputShape, classes }, surroundings);
  const indices = Uint32Array.from({ length: Math.min(count, test.count) }, (_, index) => index);
  const writer = (await test.fetch?.(indices)) ?? test;
  const size = sizeOf(inputShape);
  const images = [...indices].map((index) => bytesOf(imageOf(writer, index, size, classes)));
  return { type: "sampleImages", imageShape: inputShape, images };
}

function imageOf(
  examples: ExampleWriter,
  index: number,
  size: number,
  classes: number,
): Float32Array {
  const values = new Float32Array(size);
  examples.write(index, values, new Float32Array(classes), 0);
  return values;
}

/** Stretched from the least value to the most, which need not be 0 and 1. */
function bytesOf(values: Float32Array): string {
  const least = values.reduce((one, other) => Math.min(one, other), Infinity);
  const most = values.reduce((one, other) => Math.max(one, other), -Infinity);
  const bytes = values.map((value) => ((value - least) / Math.max(1e-9, most - least)) * 255);
  return Buffer.from(Uint8Array.from(bytes, Math.round)).toString("base64");
}
