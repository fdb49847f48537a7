import type { Pair } from "../../../../core/layers/option.ts";
import type { ConvolutionAttributes, TensorShape } from "../../../graph/operation.ts";
import { type Table, nth } from "./kernel.ts";

/** A window that slides over a feature map `[batch, height, width, channels]`. */
export interface Window {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly lines: number;
  readonly columns: number;
  readonly strides: Pair;
  readonly top: number;
  readonly left: number;
}

/** Places a window of `size` as TensorFlow does, between the shapes of the large and the small map. */
export function windowOf(
  large: TensorShape,
  small: TensorShape,
  size: Pair,
  { strides, padding }: ConvolutionAttributes,
): Window {
  const before = (axis: 0 | 1): number => {
    const reach = (nth(small, axis + 1) - 1) * strides[axis] + size[axis];
    return padding === "VALID" ? 0 : Math.max(0, reach - nth(large, axis + 1)) >> 1;
  };
  return {
    batch: nth(large, 0),
    height: nth(large, 1),
    width: nth(large, 2),
    channels: nth(large, 3),
    outHeight: nth(small, 1),
    outWidth: nth(small, 2),
    lines: size[0],
    columns: size[1],
    strides,
    top: before(0),
    left: before(1),
  };
}

/** Numbers of a window in the order in which the kernel module takes them. */
export const windowNumbers = (window: Window): readonly number[] => [
  window.lines,
  window.columns,
  ...window.strides,
  window.top,
  window.left,
];

/** The part of a map that windows see, with its padding; extents in pixels. */
export interface Frame {
  readonly height: number;
  readonly width: number;
  /** False where every window lies inside the map. */
  readonly isNeeded: boolean;
}

export function frameOf(window: Window): Frame {
  const [strideY, strideX] = window.strides;
  const height = (window.outHeight - 1) * strideY + window.lines;
  const width = (window.outWidth - 1) * strideX + window.columns;
  const fits = height <= window.height && width <= window.width;
  return { height, width, isNeeded: window.top > 0 || window.left > 0 || !fits };
}

/** Where each window begins in an image whose rows have `rowValues` values, in bytes. */
export function positionTable(window: Window, rowValues: number): Table {
  const { outHeight, outWidth, strides, channels } = window;
  return {
    key: `positions ${outHeight} ${outWidth} ${strides.join(" ")} ${channels} ${rowValues}`,
    make: () =>
      Int32Array.from(
        { length: outHeight * outWidth },
        (_, position) =>
          4 *
          (Math.floor(position / outWidth) * strides[0] * rowValues +
            (position % outWidth) * strides[1] * channels),
      ),
  };
}

/** How far each value of a window is from its beginning, in bytes; filled up to a multiple of four. */
export function tapTable(lines: number, line: number, rowValues: number): Table {
  const taps = lines * line;
  return {
    key: `taps ${lines} ${line} ${rowValues}`,
    make: () =>
      Int32Array.from({ length: Math.ceil(taps / 4) * 4 }, (_, index) => {
        const tap = Math.min(index, taps - 1);
        return 4 * (Math.floor(tap / line) * rowValues + (tap % line));
      }),
  };
}
