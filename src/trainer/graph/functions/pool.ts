import type { Pair } from "../../../core/layers/option.ts";
import type { PaddingMode, PoolAttributes, Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { multiplyByConstant } from "./arithmetic.ts";
import { outputExtent } from "./convolve.ts";
import { type PlacedAxis, type Placement, nativeMode, paddingOf, place } from "./place.ts";
import { pad } from "./reshape.ts";

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
