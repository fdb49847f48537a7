import type { AxisWindow, Window } from "../layers/layer.ts";
import type { Pair } from "../layers/option.ts";
import { isFeatureMap } from "../layers/shape.ts";
import type { Network, NetworkLayer } from "../network/network.ts";

/** Rows and columns of the image, first and last included. */
export interface InputWindow {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** One flag for each row or column of a map: 1 where it is seen. */
type Mask = Uint8Array;

interface Seen {
  readonly rows: Mask;
  readonly columns: Mask;
}

/**
 * Pixels of the image that the unit at row `y` and column `x` of a layer depends on, clipped to the image and exact
 * for every unit, those at the edges included. A unit of a flattened map is named by its place in the map, a unit
 * behind a dense layer by 0, 0. `undefined` where the layer is unknown or the unit sees padding only.
 */
export function windowOf(
  network: Network,
  layerId: string,
  y: number,
  x: number,
): InputWindow | undefined {
  const end = network.layers.findIndex((layer) => layer.id === layerId);
  const extents = mapExtents(network.layers.slice(0, end + 1));
  const [height, width] = extents.get(layerId) ?? [0, 0];
  const seen = new Map<string, Seen>([
    [layerId, { rows: single(height, y), columns: single(width, x) }],
  ]);
  for (let index = end; index >= 0; index--) {
    const layer = network.layers[index];
    const units = layer && seen.get(layer.id);
    if (layer === undefined || units === undefined) continue;
    if (layer.type === "input") return bounds(units);
    for (const input of new Set(layer.inputs)) {
      const extent = extents.get(input);
      if (extent === undefined || layer.inference === undefined) continue;
      const back = backThrough(layer.inference.window, units, extent);
      const known = seen.get(input);
      if (isEmpty(back.rows) || isEmpty(back.columns)) continue;
      if (known === undefined) seen.set(input, back);
      else merge(known, back);
    }
  }
  return undefined;
}

/** Height and width of each layer's output; of a flattened map those it had, 1 × 1 of other vectors. */
function mapExtents(layers: readonly NetworkLayer[]): ReadonlyMap<string, Pair> {
  const extents = new Map<string, Pair>();
  for (const { id, inference, inputs } of layers) {
    if (inference === undefined) continue;
    const { outputShape, window } = inference;
    const before = window.type === "pointwise" ? extents.get(inputs[0] ?? "") : undefined;
    extents.set(
      id,
      isFeatureMap(outputShape) ? [outputShape[0], outputShape[1]] : (before ?? [1, 1]),
    );
  }
  return extents;
}

function single(extent: number, place: number): Mask {
  const mask = new Uint8Array(extent);
  // A place outside of the map writes nothing into a typed array.
  mask[place] = 1;
  return mask;
}

function isEmpty(mask: Mask): boolean {
  return !mask.includes(1);
}

function merge(known: Seen, more: Seen): void {
  for (const [place, flag] of more.rows.entries()) if (flag === 1) known.rows[place] = 1;
  for (const [place, flag] of more.columns.entries()) if (flag === 1) known.columns[place] = 1;
}

function bounds({ rows, columns }: Seen): InputWindow | undefined {
  if (isEmpty(rows) || isEmpty(columns)) return undefined;
  return {
    top: rows.indexOf(1),
    bottom: rows.lastIndexOf(1),
    left: columns.indexOf(1),
    right: columns.lastIndexOf(1),
  };
}

/** Units of an input of this extent that these outputs read. */
function backThrough(window: Window, { rows, columns }: Seen, [height, width]: Pair): Seen {
  const isLocal = window.type === "local";
  return {
    rows: backAlong(isLocal ? window.height : window.type, rows, height),
    columns: backAlong(isLocal ? window.width : window.type, columns, width),
  };
}

function backAlong(window: AxisWindow | "pointwise" | "all", units: Mask, extent: number): Mask {
  if (window === "all") return new Uint8Array(extent).fill(1);
  if (window === "pointwise") {
    // An input of one unit is stretched over all positions of a join.
    return extent === units.length ? units.slice() : new Uint8Array(extent).fill(1);
  }
  const seen = new Uint8Array(extent);
  for (let unit = units.indexOf(1); unit !== -1; unit = units.indexOf(1, unit + 1)) {
    if (window.evenOver === undefined) markTaps(window, unit, seen);
    else markEven(window.evenOver, window.stride, unit, seen);
  }
  return seen;
}

function markTaps(window: AxisWindow, unit: number, seen: Mask): void {
  const { size, stride, dilation, padding, upsampling = 1 } = window;
  for (let tap = 0; tap < size; tap++) {
    const place = (unit * stride - padding + tap * dilation) / upsampling;
    if (Number.isInteger(place) && place >= 0) seen[place] = 1;
  }
}

function markEven(extent: number, stride: number, unit: number, seen: Mask): void {
  const bins = Math.round(extent / stride);
  seen.fill(1, Math.floor((unit * extent) / bins), Math.ceil(((unit + 1) * extent) / bins));
}
