import type { Pair } from "../../core/layers/option.ts";
import type { ConvolutionAttributes, TensorShape } from "../graph/operation.ts";
import { nth } from "./nth.ts";

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
