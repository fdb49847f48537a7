import type { Padding, Pair, ExplicitPadding } from "../../../core/layers/option.ts";
import { resolveAxis } from "../../../core/layers/window.ts";
import type { PaddingMode } from "../operation.ts";

/** How a window slides over a feature map. */
export interface Placement {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly padding: Padding;
  readonly ceilMode?: boolean;
}

/** One axis of a placed window. */
export interface PlacedAxis {
  readonly output: number;
  /** Padding that the person asked for or that `same` means. */
  readonly declared: Pair;
  /** Padding that makes a `VALID` window stop at the right place; `ceilMode` may add to it. */
  readonly needed: Pair;
}

/** Places a window of dilated taps over `size`, `[height, width]`. */
export function place(size: Pair, placement: Placement): readonly [PlacedAxis, PlacedAxis] {
  const { padding } = placement;
  return [
    placeAxis(
      size[0],
      placement,
      0,
      typeof padding === "string" ? padding : [padding.top, padding.bottom],
    ),
    placeAxis(
      size[1],
      placement,
      1,
      typeof padding === "string" ? padding : [padding.left, padding.right],
    ),
  ];
}

function placeAxis(
  extent: number,
  { kernel, strides, dilationRate, ceilMode }: Placement,
  axis: 0 | 1,
  padding: "same" | "valid" | Pair,
): PlacedAxis {
  const [taps, stride, dilation] = [kernel[axis], strides[axis], dilationRate[axis]];
  const { output, before, after } = resolveAxis(extent, taps, stride, dilation, padding, ceilMode);
  const reach = (output - 1) * stride + dilation * (taps - 1) + 1;
  return {
    output,
    declared: [before, after],
    needed: [before, Math.max(0, reach - extent - before)],
  };
}

/** TensorFlow's name for this placement, where it has one for undilated taps. */
export function nativeMode(
  size: Pair,
  placement: Placement,
  placed: readonly PlacedAxis[],
): PaddingMode | undefined {
  if (placed.every(({ needed }) => needed[0] === 0 && needed[1] === 0)) {
    return "VALID";
  }
  const same = place(size, { ...placement, padding: "same", ceilMode: false });
  const agrees = placed.every(
    ({ output, needed }, axis) =>
      output === same[axis]?.output &&
      needed[0] === same[axis].needed[0] &&
      needed[1] === same[axis].needed[1],
  );
  return agrees ? "SAME" : undefined;
}

/** What has to be laid around the map so that `VALID` does the rest. */
export const paddingOf = ([height, width]: readonly [PlacedAxis, PlacedAxis]): ExplicitPadding => ({
  top: height.needed[0],
  bottom: height.needed[1],
  left: width.needed[0],
  right: width.needed[1],
});
