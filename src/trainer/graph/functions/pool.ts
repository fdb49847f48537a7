import type { Pair } from "../../../core/layers/option.ts";
import type { PaddingMode, PoolAttributes, Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { multiplyByConstant, scale } from "./arithmetic.ts";
import { outputExtent } from "./convolve.ts";
import { multiplyByMatrix } from "./denseProduct.ts";
import { type PlacedAxis, type Placement, nativeMode, paddingOf, place } from "./place.ts";
import { pad, reshape, transpose } from "./reshape.ts";

/** Smallest float32: padding never wins a maximum. */
const lowest = -3.4028234663852886e38;

/** Largest value of each window. */
export function maxPool(tape: Tape, x: Tensor, placement: Placement): Tensor {
  const size = sizeOf(x);
  const placed = place(size, placement);
  const mode = nativeMode(size, placement, placed);
  return mode === undefined
    ? nativeMaxPool(tape, pad(tape, x, paddingOf(placed), lowest), placement, "VALID")
    : nativeMaxPool(tape, x, placement, mode);
}

/**
 * Mean of each window over real pixels, or with `countIncludePad` over the declared padding as well; what `ceilMode`
 * lets hang over beyond it is never counted (as in PyTorch).
 */
export function averagePool(
  tape: Tape,
  x: Tensor,
  placement: Placement,
  countIncludePad: boolean,
): Tensor {
  const size = sizeOf(x);
  const placed = place(size, placement);
  const mode = nativeMode(size, placement, placed);
  if (mode === "VALID" || (mode === "SAME" && !countIncludePad)) {
    return nativeAveragePool(tape, x, placement, mode);
  }
  const sums = nativeAveragePool(tape, pad(tape, x, paddingOf(placed)), placement, "VALID");
  const factors = placed.map((axis, index) =>
    shares(axis, size[index] ?? 0, placement, index, countIncludePad),
  );
  const [rows = [], columns = []] = factors;
  const map = rows.flatMap((row) => columns.map((column) => row * column));
  return map.every((factor) => factor === 1)
    ? sums
    : multiplyByConstant(tape, sums, tape.graph.constant(map, [1, rows.length, columns.length, 1]));
}

/** Sum of each window over real pixels. */
export function sumPool(tape: Tape, x: Tensor, placement: Placement): Tensor {
  const padded = pad(tape, x, paddingOf(place(sizeOf(x), placement)));
  const [height, width] = placement.kernel;
  return scale(tape, nativeAveragePool(tape, padded, placement, "VALID"), height * width);
}

/**
 * Mean of windows spread evenly over the map, as in PyTorch: bin `u` of `n` covers `floor(u·extent/n)` up to, but
 * without, `ceil((u + 1)·extent/n)`.
 */
export function adaptiveAveragePool(tape: Tape, x: Tensor, bins: Pair): Tensor {
  const [height, width] = sizeOf(x);
  if (height % bins[0] === 0 && width % bins[1] === 0) {
    const kernel: Pair = [height / bins[0], width / bins[1]];
    const placement = { kernel, strides: kernel, dilationRate: [1, 1], padding: "valid" } as const;
    return nativeAveragePool(tape, x, placement, "VALID");
  }
  // A linear map of every channel, from all pixels to all bins.
  const rows = binShares(height, bins[0]);
  const columns = binShares(width, bins[1]);
  const weights = rows.flatMap((row) =>
    columns.map((column) => row.flatMap((share) => column.map((other) => share * other))),
  );
  const channels = x.shape[3] ?? 0;
  const matrix = tape.graph.constant(weights.flat(), [bins[0] * bins[1], height * width]);
  const planes = reshape(tape, transpose(tape, x, [0, 3, 1, 2]), [-1, height * width]);
  const pooled = multiplyByMatrix(tape, planes, matrix);
  return transpose(tape, reshape(tape, pooled, [-1, channels, ...bins]), [0, 2, 3, 1]);
}

/** For every bin its share of each of `extent` pixels. */
function binShares(extent: number, bins: number): readonly (readonly number[])[] {
  return Array.from({ length: bins }, (_, bin) => {
    const start = Math.floor((bin * extent) / bins);
    const end = Math.ceil(((bin + 1) * extent) / bins);
    return Array.from({ length: extent }, (__, pixel) =>
      pixel >= start && pixel < end ? 1 / (end - start) : 0,
    );
  });
}

/** Window size over the number of counted pixels, for every position along an axis. */
function shares(
  { output, declared }: PlacedAxis,
  extent: number,
  { kernel, strides }: Placement,
  axis: number,
  countIncludePad: boolean,
): readonly number[] {
  const taps = kernel[axis] ?? 1;
  const [first, end] = countIncludePad ? [-declared[0], extent + declared[1]] : [0, extent];
  return Array.from({ length: output }, (_, position) => {
    const start = position * (strides[axis] ?? 1) - declared[0];
    return taps / (Math.min(start + taps, end) - Math.max(start, first));
  });
}

function nativeMaxPool(tape: Tape, x: Tensor, placement: Placement, mode: PaddingMode): Tensor {
  const { graph } = tape;
  const attributes = attributesOf(placement, mode);
  const y = graph.add("MaxPool", [x], attributes, { shape: shapeOf(x, attributes) });
  return tape.record(y, [
    {
      of: x,
      gradient: (dy) => graph.add("MaxPoolGrad", [x, y, dy], attributes, { shape: x.shape }),
    },
  ]);
}

function nativeAveragePool(tape: Tape, x: Tensor, placement: Placement, mode: PaddingMode): Tensor {
  const { graph } = tape;
  const attributes = attributesOf(placement, mode);
  const y = graph.add("AvgPool", [x], attributes, { shape: shapeOf(x, attributes) });
  return tape.record(y, [
    {
      of: x,
      gradient: (dy) =>
        graph.add(
          "AvgPoolGrad",
          [dy],
          { ...attributes, inputSize: x.shape.slice(1) },
          { shape: x.shape },
        ),
    },
  ]);
}

const attributesOf = ({ kernel, strides }: Placement, padding: PaddingMode): PoolAttributes => ({
  size: kernel,
  strides,
  padding,
});

const shapeOf = (x: Tensor, { size, strides, padding }: PoolAttributes): readonly number[] => [
  x.shape[0] ?? -1,
  outputExtent(x.shape[1] ?? 0, size[0], strides[0], padding),
  outputExtent(x.shape[2] ?? 0, size[1], strides[1], padding),
  x.shape[3] ?? 0,
];

const sizeOf = (x: Tensor): Pair => [x.shape[1] ?? 0, x.shape[2] ?? 0];

/** Mean over height and width, with both kept as extents of 1. */
export function globalAverage(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape;
  const [height, width] = sizeOf(x);
  return tape.record(graph.reduce("Mean", x, [1, 2], true), [
    {
      of: x,
      gradient: (dy) =>
        graph.add(
          "BroadcastTo",
          [graph.scale(dy, 1 / (height * width)), x],
          { size: x.shape.slice(1) },
          { shape: x.shape },
        ),
    },
  ]);
}
