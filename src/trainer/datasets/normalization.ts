import type { Shape } from "../../core/layers/shape.ts";
import { sizeOf } from "../../core/layers/shape.ts";
import type { Part } from "./batches.ts";

/** Every value minus the mean of its channel, divided by the deviation of its channel. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Images that are fetched at once while they are measured. */
const atOnce = 256;

/** Measures mean and standard deviation of each channel over a part, in double precision (Welford 1962, by batches). */
export async function measure(
  { examples, indices }: Part,
  imageShape: Shape,
  classes: number,
  signal: AbortSignal,
): Promise<Normalization> {
  const size = sizeOf(imageShape);
  const channels = imageShape.length === 3 ? (imageShape[2] ?? 1) : 1;
  const images = new Float32Array(size);
  const labels = new Float32Array(classes);
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const count = (indices.length * size) / channels;
  for (let start = 0; start < indices.length; start += atOnce) {
    signal.throwIfAborted();
    const some = indices.subarray(start, start + atOnce);
    const writer = (await examples.fetch?.(some)) ?? examples;
    for (const index of some) {
      writer.write(index, images, labels, 0);
      for (let at = 0; at < size; at += 1) {
        const value = images[at] ?? 0;
        const channel = at % channels;
        sums[channel] = (sums[channel] ?? 0) + value;
        squares[channel] = (squares[channel] ?? 0) + value * value;
      }
    }
  }
  const mean = Array.from(sums, (sum) => sum / count);
  const deviation = Array.from(squares, (square, channel) => {
    const variance = square / count - (mean[channel] ?? 0) ** 2;
    // A channel that never changes stays as it is.
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { mean, deviation };
}

/** Normalises images in place. */
export function normalize(images: Float32Array, { mean, deviation }: Normalization): void {
  const channels = mean.length;
  for (let channel = 0; channel < channels; channel += 1) {
    const offset = mean[channel] ?? 0;
    const factor = 1 / (deviation[channel] ?? 1);
    for (let at = channel; at < images.length; at += channels) {
      images[at] = ((images[at] ?? 0) - offset) * factor;
    }
  }
}
