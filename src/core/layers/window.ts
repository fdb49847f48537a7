import type { Misfit, Window } from "./layer.ts";
import type { ExplicitPadding, Padding, Pair } from "./option.ts";
import { formatShape, type Shape } from "./shape.ts";
import { t } from "../text/t.ts";

/** Options of everything that slides over a feature map. */
export interface WindowOptions {
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilationRate?: Pair;
  readonly ceilMode?: boolean;
}

/** The window with its padding in pixels, and how many positions it takes. */
export interface ResolvedWindow {
  readonly outputSize: Pair;
  readonly padding: ExplicitPadding;
  readonly window: Window;
}

interface Axis {
  readonly output: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Output size and padding of one axis.
 * `same` and `valid` follow TensorFlow, explicit padding and `ceilMode` follow PyTorch (a window that would
 * start in the right padding is dropped).
 */
export function resolveAxis(
  extent: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: "same" | "valid" | readonly [before: number, after: number],
  ceilMode = false,
): Axis {
  const effective = dilation * (kernel - 1) + 1;
  if (padding === "same") {
    const output = Math.ceil(extent / stride);
    const total = Math.max((output - 1) * stride + effective - extent, 0);
    return { output, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
  }
  const [before, after] = padding === "valid" ? [0, 0] : padding;
  const steps = (extent + before + after - effective) / stride;
  if (!ceilMode) return { output: Math.floor(steps) + 1, before, after };
  const output = Math.ceil(steps) + 1;
  return { output: (output - 1) * stride >= extent + before ? output - 1 : output, before, after };
}

/** Places a window of `kernel` over a feature map `[height, width, channels]`. */
export function resolveWindow(
  input: Shape,
  kernel: Pair,
  options: WindowOptions,
): ResolvedWindow | Misfit {
  const [extentHeight = 0, extentWidth = 0] = input;
  const { padding, strides, dilationRate = [1, 1], ceilMode } = options;
  const explicit = typeof padding === "object";
  const vertical = resolveAxis(
    extentHeight,
    kernel[0],
    strides[0],
    dilationRate[0],
    explicit ? [padding.top, padding.bottom] : padding,
    ceilMode,
  );
  const horizontal = resolveAxis(
    extentWidth,
    kernel[1],
    strides[1],
    dilationRate[1],
    explicit ? [padding.left, padding.right] : padding,
    ceilMode,
  );
  if (vertical.output < 1 || horizontal.output < 1) {
    return {
      misfit: t(
        "a window of {0} does not fit into a map of {1}",
        formatShape(kernel),
        formatShape([extentHeight, extentWidth]),
      ),
      option: "kernelSize",
    };
  }
  return {
    outputSize: [vertical.output, horizontal.output],
    padding: {
      top: vertical.before,
      bottom: vertical.after,
      left: horizontal.before,
      right: horizontal.after,
    },
    window: {
      type: "local",
      height: {
        size: kernel[0],
        stride: strides[0],
        dilation: dilationRate[0],
        padding: vertical.before,
        paddingAfter: vertical.after,
      },
      width: {
        size: kernel[1],
        stride: strides[1],
        dilation: dilationRate[1],
        padding: horizontal.before,
        paddingAfter: horizontal.after,
      },
    },
  };
}
