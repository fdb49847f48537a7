import type { AxisWindow } from "../../../src/core/layers/layer.ts";

/** More cells than this are drawn as a corner of the map only. */
const MOST_CELLS = 14;

/** Along one axis: the cells of the input that are drawn, padding included, and the units that look at them. */
export interface SlidingAxis {
  /** Cells of padding before the first one that holds a value. */
  readonly before: number;
  /** Cells that hold a value. */
  readonly cells: number;
  readonly after: number;
  readonly isCut: boolean;
  /** Units whose whole window is drawn. */
  readonly units: number;
  readonly window: AxisWindow;
}

/** Elements of the input that the window of one unit covers, gaps of a dilated filter included. */
export const reachOf = ({ size, dilation }: AxisWindow): number => dilation * (size - 1) + 1;

/** What is drawn of an axis: all of it, or the beginning where that says as much. */
export function slidingAxis(window: AxisWindow, extent: number, output: number): SlidingAxis {
  const before = Math.max(0, window.padding);
  const reach = reachOf(window);
  const most = Math.max(MOST_CELLS, reach + window.stride);
  if (before + extent + Math.max(0, window.paddingAfter) <= most) {
    const after = Math.max(0, (output - 1) * window.stride + reach - before - extent);
    return { before, cells: extent, after, isCut: false, units: output, window };
  }
  const cells = Math.min(extent, most - before);
  const units = Math.floor((before + cells - reach) / window.stride) + 1;
  return { before, cells, after: 0, isCut: true, units: Math.min(output, units), window };
}

/** First cell of the window of a unit, counted from the first cell that is drawn. */
export const windowStart = ({ before, window }: SlidingAxis, unit: number): number =>
  before - window.padding + unit * window.stride;

/** The unit whose window lies around a cell that is drawn. */
export function unitAtCell(axis: SlidingAxis, cell: number): number {
  const middle = windowStart(axis, 0) + (reachOf(axis.window) - 1) / 2;
  return Math.max(0, Math.min(axis.units - 1, Math.round((cell - middle) / axis.window.stride)));
}
