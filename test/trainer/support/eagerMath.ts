import type { Rank, Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Padding, Pair } from "../../../src/core/layers/option.ts";
import { resolveAxis } from "../../../src/core/layers/window.ts";

export type Tfjs = typeof import("@tensorflow/tfjs-node");
export type Weights = (name: string) => Tensor;

/** TensorFlow.js refuses strides together with dilation: it computes every position here, and some are taken. */
export function slide(
  tf: Tfjs,
  x: Tensor4D,
  kernel: Tensor4D,
  { strides, dilationRate }: { readonly strides: Pair; readonly dilationRate: Pair },
): Tensor4D {
  if (dilationRate.every((rate) => rate === 1)) {
    return tf.conv2d(x, kernel, [...strides], "valid");
  }
  const everywhere = tf.conv2d(x, kernel, 1, "valid", "NHWC", [...dilationRate]);
  const rows = tf.range(0, everywhere.shape[1], strides[0], "int32");
  const columns = tf.range(0, everywhere.shape[2], strides[1], "int32");
  return tf.gather(tf.gather(everywhere, rows, 1), columns, 2);
}

/** A depthwise convolution as one plain convolution a channel, so that strides may differ. */
export function eachChannel(
  tf: Tfjs,
  map: Tensor4D,
  kernel: Tensor4D,
  options: { readonly strides: Pair; readonly dilationRate: Pair; readonly padding: Padding },
): Tensor4D {
  const [height, width, channels] = kernel.shape;
  const kernels = split(tf, tf.transpose(kernel, [0, 1, 3, 2]), channels);
  const padded = padded4d(tf, map, { ...options, kernel: [height, width] }, 0);
  const parts = split(tf, padded, channels).map((part, channel) =>
    slide(tf, part, tf.transpose(kernels[channel]!, [0, 1, 3, 2]), options),
  );
  return tf.concat(parts, 3);
}

export function split(tf: Tfjs, x: Tensor4D, parts: number): readonly Tensor4D[] {
  const extent = x.shape[3] / parts;
  return Array.from({ length: parts }, (_, part) =>
    tf.slice(x, [0, 0, 0, part * extent], [-1, -1, -1, extent]),
  );
}

export const bin = (index: number, bins: number, extent: number): readonly [number, number] => {
  const start = Math.floor((index * extent) / bins);
  return [start, Math.ceil(((index + 1) * extent) / bins) - start];
};

export function standardized(tf: Tfjs, x: Tensor, axes: number[], epsilon: number): Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
}

export function affine(
  tf: Tfjs,
  x: Tensor,
  { options }: { readonly options: { readonly scale: boolean; readonly center: boolean } },
  weight: Weights,
): Tensor {
  const scaled = options.scale ? tf.mul(x, weight("gamma")) : x;
  return options.center ? tf.add(scaled, weight("beta")) : scaled;
}

/** Shares of every input pixel in every output pixel, `[inputs, outputs]`, with half-pixel centres. */
export function interpolationMatrix(
  tf: Tfjs,
  extent: number,
  factor: number,
  interpolation: "nearest" | "bilinear",
): Tensor2D {
  const weights = Array.from({ length: extent }, (_, pixel) =>
    Array.from({ length: extent * factor }, (__, output) => {
      if (interpolation === "nearest") return Math.floor(output / factor) === pixel ? 1 : 0;
      const centre = Math.min(Math.max((output + 0.5) / factor - 0.5, 0), extent - 1);
      return Math.max(0, 1 - Math.abs(centre - pixel));
    }),
  );
  return tf.tensor2d(weights);
}

export function alongLast(tf: Tfjs, x: Tensor4D, matrix: Tensor2D): Tensor4D {
  const [a, b, c, d] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape<Rank.R2>(x, [a * b * c, d]), matrix), [a, b, c, -1]);
}

interface Painting {
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly padding: Padding;
}

/** All index vectors of a box, last axis fastest. */
function everyIndex(extents: readonly number[]): readonly (readonly number[])[] {
  return extents.reduce<readonly (readonly number[])[]>(
    (indices, extent) =>
      indices.flatMap((index) => Array.from({ length: extent }, (_, next) => [...index, next])),
    [[]],
  );
}

/** Transposed convolution by its definition, in float64. */
export function paintedByLoops(
  map: Tensor4D,
  kernel: Tensor4D,
  { strides, dilationRate, padding }: Painting,
  [outHeight, outWidth, filters]: readonly [number, number, number],
): Float32Array {
  const [batch, height, width] = map.shape;
  const [kernelHeight, kernelWidth] = kernel.shape;
  const before = (axis: 0 | 1): number => {
    if (padding === "valid") return 0;
    if (padding === "same") {
      const reach = dilationRate[axis] * (kernel.shape[axis] - 1) + 1;
      return Math.floor(Math.max(reach - strides[axis], 0) / 2);
    }
    return axis === 0 ? padding.top : padding.left;
  };
  const values = map.arraySync();
  const taps = kernel.arraySync();
  const out = new Float64Array(batch * outHeight * outWidth * filters);
  const paint = (b: number, y: number, x: number, i: number, j: number): void => {
    const row = y * strides[0] + i * dilationRate[0] - before(0);
    const column = x * strides[1] + j * dilationRate[1] - before(1);
    if (row < 0 || row >= outHeight || column < 0 || column >= outWidth) {
      return;
    }
    for (let f = 0; f < filters; f += 1) {
      const start = ((b * outHeight + row) * outWidth + column) * filters;
      const products = values[b]![y]![x]!.map((value, c) => value * taps[i]![j]![f]![c]!);
      out[start + f]! += products.reduce((sum, product) => sum + product, 0);
    }
  };
  for (const [b, y, x, i, j] of everyIndex([batch, height, width, kernelHeight, kernelWidth])) {
    paint(b!, y!, x!, i!, j!);
  }
  return Float32Array.from(out);
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilationRate?: Pair;
  readonly ceilMode?: boolean;
}

export const poolWindow = (options: {
  readonly poolSize: Pair;
  readonly strides: Pair | null;
  readonly padding: Padding;
  readonly ceilMode: boolean;
}): Window => ({
  kernel: options.poolSize,
  strides: options.strides ?? options.poolSize,
  padding: options.padding,
  ceilMode: options.ceilMode,
});

interface Edges {
  readonly declared: Pair;
  readonly overhang: number;
}

function edgesOf(map: Tensor4D, window: Window): readonly [Edges, Edges] {
  const { padding } = window;
  const sides = typeof padding === "string" ? undefined : padding;
  const axis = (index: 0 | 1, explicit: Pair | undefined): Edges => {
    const extent = map.shape[index + 1]!;
    const [taps, stride] = [window.kernel[index], window.strides[index]];
    const dilation = window.dilationRate?.[index] ?? 1;
    const { output, before, after } = resolveAxis(
      extent,
      taps,
      stride,
      dilation,
      explicit ?? (padding as "same" | "valid"),
      window.ceilMode,
    );
    const reach = (output - 1) * stride + dilation * (taps - 1) + 1;
    return { declared: [before, after], overhang: Math.max(0, reach - extent - before - after) };
  };
  return [axis(0, sides && [sides.top, sides.bottom]), axis(1, sides && [sides.left, sides.right])];
}

export function declaredPad(tf: Tfjs, map: Tensor4D, window: Window, value = 0): Tensor4D {
  const [height, width] = edgesOf(map, window);
  return tf.pad(map, [[0, 0], [...height.declared], [...width.declared], [0, 0]] as never, value);
}

export function overhang(
  tf: Tfjs,
  padded: Tensor4D,
  map: Tensor4D,
  window: Window,
  value = 0,
): Tensor4D {
  const [height, width] = edgesOf(map, window);
  return tf.pad(
    padded,
    [
      [0, 0],
      [0, height.overhang],
      [0, width.overhang],
      [0, 0],
    ],
    value,
  );
}

export function padded4d(tf: Tfjs, map: Tensor4D, window: Window, value: number): Tensor4D {
  return overhang(tf, declaredPad(tf, map, window, value), map, window, value);
}
