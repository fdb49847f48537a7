import type { Window } from "../../window.ts";
import type { Table } from "./kernel.ts";

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
