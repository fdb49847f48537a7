import { reportLimits, type SampleReport } from "../../../protocol/datasetReport.ts";
import type { PixelArray } from "../pixels.ts";
import type { InspectedPart } from "./inspectedParts.ts";

/** Pixels of the longer side of a sample at most. */
const longest = 64;

interface SampleSurroundings {
  readonly imageShape: readonly number[];
  readonly classes: number;
  readonly divisor: number;
  readonly nameOf: (index: number) => string;
}

/** A few training images of each class, made small; none where the data set holds vectors. */
export async function thumbnails(
  { source, indices }: InspectedPart,
  { imageShape, classes, divisor, nameOf }: SampleSurroundings,
): Promise<readonly SampleReport[]> {
  if (imageShape.length !== 3) return [];
  const samples: SampleReport[] = [];
  for (const index of chosen(indices, source.labels, classes)) {
    const values = await source.pixels.read(Uint32Array.of(index));
    samples.push({
      label: source.labels[index] ?? 0,
      name: nameOf(index),
      ...shrink(bytesOf(values, divisor), imageShape),
    });
  }
  return samples;
}

/** As many of each class as a report holds, evenly over all of them, class by class. */
function chosen(indices: Uint32Array, labels: Uint16Array, classes: number): readonly number[] {
  const shown = Math.min(classes, reportLimits.samples);
  const perClass = Math.min(
    reportLimits.samplesOfClass,
    Math.floor(reportLimits.samples / Math.max(1, shown)),
  );
  const counts = new Uint32Array(classes);
  for (const index of indices) count(counts, labels[index] ?? 0);
  const found = Array.from({ length: shown }, (): number[] => []);
  const seen = new Uint32Array(classes);
  for (const index of indices) {
    const label = labels[index] ?? 0;
    const ofClass = found[label];
    const rank = count(seen, label);
    const wanted = Math.floor(((ofClass?.length ?? 0) * (counts[label] ?? 0)) / perClass);
    if (ofClass !== undefined && ofClass.length < perClass && rank >= wanted) ofClass.push(index);
  }
  return found.flat();
}

/** Counts one more and returns how many there were. */
function count(counts: Uint32Array, label: number): number {
  const before = counts[label] ?? 0;
  counts[label] = before + 1;
  return before;
}

/** Real numbers from 0 to 1 become bytes; any others are stretched from their least to their most. */
function bytesOf(values: PixelArray, divisor: number): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const scaled = values.map((value) => value / divisor);
  const least = scaled.reduce((one, other) => Math.min(one, other), Infinity);
  const most = scaled.reduce((one, other) => Math.max(one, other), -Infinity);
  const [low, high] = least >= 0 && most <= 1 ? [0, 1] : [least, most];
  return Uint8Array.from(scaled, (value) =>
    Math.round((255 * (value - low)) / Math.max(1e-9, high - low)),
  );
}

/** Means over squares of pixels, in grey or colour. */
function shrink(
  values: Uint8Array,
  [height = 1, width = 1, channels = 1]: readonly number[],
): Pick<SampleReport, "height" | "width" | "channels" | "pixels"> {
  const step = Math.max(1, Math.ceil(Math.max(height, width) / longest));
  const kept = channels === 3 || channels === 4 ? 3 : 1;
  const small = {
    height: Math.max(1, Math.floor(height / step)),
    width: Math.max(1, Math.floor(width / step)),
  };
  const pixels = new Uint8Array(small.height * small.width * kept);
  const [rows, columns] = [Math.min(step, height), Math.min(step, width)];
  for (let at = 0; at < pixels.length; at += 1) {
    const pixel = Math.floor(at / kept);
    const [top, left] = [Math.floor(pixel / small.width) * step, (pixel % small.width) * step];
    let sum = 0;
    for (let y = top; y < top + rows; y += 1) {
      for (let x = left; x < left + columns; x += 1) {
        sum += values[(y * width + x) * channels + (at % kept)] ?? 0;
      }
    }
    pixels[at] = Math.round(sum / (rows * columns));
  }
  return { ...small, channels: kept, pixels: Buffer.from(pixels).toString("base64") };
}
