import type { ReceptiveField } from "../../../src/core/analysis/analysis.ts";
import type { Shape } from "../../../src/core/layers/shape.ts";

/** Along one axis: the pixels of the image, and the units of a map that look at them. */
export interface FieldAxis {
  readonly extent: number;
  readonly units: number;
  readonly size: number;
  readonly stride: number;
  readonly center: number;
}

/** Pixels from `start` up to, but without, `end`; what lies outside the image is padding. */
export interface PixelRange {
  readonly start: number;
  readonly end: number;
}

/** Height is axis 0, width is axis 1; a vector has one unit that counts, the one that sees it all. */
export function fieldAxis(
  image: Shape,
  output: Shape | undefined,
  field: ReceptiveField,
  axis: 0 | 1,
): FieldAxis {
  return {
    extent: image[axis] ?? 1,
    units: output?.length === 3 ? (output[axis] ?? 1) : 1,
    size: field.size[axis],
    stride: field.stride[axis],
    center: field.center[axis],
  };
}

/** The window of one unit. */
export function windowOf(axis: FieldAxis, unit: number): PixelRange {
  const start = axis.center + unit * axis.stride - (axis.size - 1) / 2;
  return { start, end: start + axis.size };
}

/** The unit whose window lies around a pixel. */
export const unitAt = (axis: FieldAxis, pixel: number): number =>
  Math.max(
    0,
    Math.min(axis.units - 1, Math.round((pixel - axis.center) / Math.max(1, axis.stride))),
  );

/** The part of a range that lies on the image. */
export const onImage = ({ start, end }: PixelRange, extent: number): PixelRange => ({
  start: Math.max(0, Math.min(extent, start)),
  end: Math.max(0, Math.min(extent, end)),
});
