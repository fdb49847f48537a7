import type { Padding, Pair } from "../../../core/layers/option.ts";
import type { PaddingMode, Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { dilateKernel } from "./dilate.ts";
import { padAxes, slice } from "./reshape.ts";

/** How a transposed convolution paints its filters. */
export interface TransposedPlacement {
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly padding: Padding;
}

/**
 * Transposed convolution with a kernel `[height, width, outputs, inputs]`: what a convolution with that kernel makes of
 * gradients. `outputSize` is `[height, width]` of what comes out.
 */
export function convolveTransposed(
  tape: Tape,
  x: Tensor,
  kernel: Tensor,
  placement: TransposedPlacement,
  outputSize: Pair,
): Tensor {
  const { strides, dilationRate, padding } = placement;
  const spread = dilationRate.some((rate) => rate > 1)
    ? dilateKernel(tape, kernel, dilationRate)
    : kernel;
  if (
    padding === "same" &&
    outputSize.every((extent, axis) => extent === (x.shape[axis + 1] ?? 0) * (strides[axis] ?? 1))
  ) {
    return paint(tape, x, spread, strides, outputSize, "SAME");
  }
  // Painted in full, and then cut as the padding says or filled up with zeros.
  const full = [0, 1].map(
    (axis) => ((x.shape[axis + 1] ?? 1) - 1) * (strides[axis] ?? 1) + (spread.shape[axis] ?? 1),
  ) as unknown as Pair;
  const before = typeof padding === "string" ? [0, 0] : [padding.top, padding.left];
  const painted = paint(tape, x, spread, strides, full, "VALID");
  const missing = [0, 1].map((axis) =>
    Math.max(0, (before[axis] ?? 0) + (outputSize[axis] ?? 0) - (full[axis] ?? 0)),
  );
  const filled = padAxes(tape, painted, [
    [0, 0],
    [0, missing[0] ?? 0],
    [0, missing[1] ?? 0],
    [0, 0],
  ]);
  const channels = painted.shape[3] ?? 0;
  return slice(tape, filled, [0, ...before, 0], [-1, ...outputSize, channels]);
}

function paint(
  tape: Tape,
  x: Tensor,
  kernel: Tensor,
  strides: Pair,
  outputSize: Pair,
  padding: PaddingMode,
): Tensor {
  const attributes = { strides, padding };
  const inputSize = [...outputSize, kernel.shape[2] ?? 0];
  const y = tape.product("Conv2DBackpropInput", [kernel, x], { ...attributes, inputSize }, [
    -1,
    ...inputSize,
  ]);
  return tape.record(y, [
    { of: x, gradient: (dy) => tape.product("Conv2D", [dy, kernel], attributes, x.shape) },
    {
      of: kernel,
      gradient: (dy) =>
        tape.product(
          "Conv2DBackpropFilter",
          [dy, x],
          { ...attributes, kernelShape: kernel.shape },
          kernel.shape,
        ),
    },
  ]);
}
