import type { Pair } from "../../../core/layers/option.ts";
import type {
  ConvolutionAttributes,
  OperationAttributes,
  PaddingMode,
  Tensor,
  TensorShape,
} from "../operation.ts";
import type { Tape } from "../tape.ts";
import { concatenateLast, pad, reshape, splitLast } from "./reshape.ts";
import { dilateKernel, overPhases } from "./dilate.ts";
import { type Placement, nativeMode, paddingOf, place } from "./place.ts";
import { subsample } from "./subsample.ts";

/** How a convolution slides; the kernel's size is that of its tensor. */
export type ConvolutionPlacement = Omit<Placement, "kernel" | "ceilMode">;

/** Operations of one family, so that plain and depthwise convolutions share everything else. */
interface Family {
  forward(
    tape: Tape,
    inputs: readonly Tensor[],
    attributes: ConvolutionAttributes,
    shape: TensorShape,
  ): Tensor;
  backpropInput(
    tape: Tape,
    inputs: readonly Tensor[],
    attributes: OperationAttributes["Conv2DBackpropInput"],
    shape: TensorShape,
  ): Tensor;
  backpropFilter(
    tape: Tape,
    inputs: readonly Tensor[],
    attributes: OperationAttributes["Conv2DBackpropFilter"],
    shape: TensorShape,
  ): Tensor;
  channels(kernel: Tensor): number;
  /** TensorFlow's depthwise kernels refuse strides that differ. */
  readonly equalStrides: boolean;
}

const plain: Family = {
  forward: (tape, ...rest) => tape.product("Conv2D", ...rest),
  backpropInput: (tape, ...rest) => tape.product("Conv2DBackpropInput", ...rest),
  backpropFilter: (tape, ...rest) => tape.product("Conv2DBackpropFilter", ...rest),
  channels: ({ shape }) => shape[3] ?? 0,
  equalStrides: false,
};

/** Memory limits these rather than arithmetic, so they are never computed in fewer bits. */
const depthwise: Family = {
  forward: ({ graph }, inputs, attributes, shape) =>
    graph.add("DepthwiseConv2dNative", inputs, attributes, { shape }),
  backpropInput: ({ graph }, inputs, attributes, shape) =>
    graph.add("DepthwiseConv2dNativeBackpropInput", inputs, attributes, { shape }),
  backpropFilter: ({ graph }, inputs, attributes, shape) =>
    graph.add("DepthwiseConv2dNativeBackpropFilter", inputs, attributes, { shape }),
  channels: ({ shape }) => (shape[2] ?? 0) * (shape[3] ?? 0),
  equalStrides: true,
};

/** Convolution with a kernel `[height, width, inputs / groups, outputs]`. */
export function convolve(
  tape: Tape,
  x: Tensor,
  kernel: Tensor,
  placement: ConvolutionPlacement,
  groups = 1,
): Tensor {
  const [height = 0, width = 0, depth = 0, filters = 0] = kernel.shape;
  if (groups === 1) {
    return slide(tape, plain, x, kernel, placement);
  }
  if (depth === 1) {
    const perChannel = reshape(tape, kernel, [height, width, groups, filters / groups]);
    return slide(tape, depthwise, x, perChannel, placement);
  }
  // TensorFlow's CPU kernels have no gradient for groups.
  const kernels = splitLast(tape, kernel, groups);
  const outputs = splitLast(tape, x, groups).map((part, group) =>
    slide(tape, plain, part, kernels[group] as Tensor, placement),
  );
  return concatenateLast(tape, outputs);
}

/** Depthwise convolution with a kernel `[height, width, inputs, multiplier]`. */
export function convolveDepthwise(
  tape: Tape,
  x: Tensor,
  kernel: Tensor,
  placement: ConvolutionPlacement,
): Tensor {
  return slide(tape, depthwise, x, kernel, placement);
}

function slide(
  tape: Tape,
  family: Family,
  x: Tensor,
  kernel: Tensor,
  options: ConvolutionPlacement,
): Tensor {
  const size: Pair = [x.shape[1] ?? 0, x.shape[2] ?? 0];
  const placement = { ...options, kernel: [kernel.shape[0] ?? 0, kernel.shape[1] ?? 0] as const };
  const placed = place(size, placement);
  const { strides, dilationRate } = placement;
  if (dilationRate.some((rate) => rate > 1)) {
    const padded = pad(tape, x, paddingOf(placed));
    // TensorFlow's CPU kernels have no gradient for dilated taps.
    return strides.every((stride) => stride === 1)
      ? overPhases(tape, padded, dilationRate, (phases) =>
          native(tape, family, phases, kernel, strides, "VALID"),
        )
      : native(tape, family, padded, dilateKernel(tape, kernel, dilationRate), strides, "VALID");
  }
  const mode = nativeMode(size, placement, placed);
  return mode === undefined
    ? native(tape, family, pad(tape, x, paddingOf(placed)), kernel, strides, "VALID")
    : native(tape, family, x, kernel, strides, mode);
}

function native(
  tape: Tape,
  family: Family,
  x: Tensor,
  kernel: Tensor,
  strides: Pair,
  padding: PaddingMode,
): Tensor {
  if (family.equalStrides && strides[0] !== strides[1]) {
    const size: Pair = [x.shape[1] ?? 0, x.shape[2] ?? 0];
    const placement = { kernel: [kernel.shape[0] ?? 0, kernel.shape[1] ?? 0], strides } as const;
    const placed = place(size, {
      ...placement,
      dilationRate: [1, 1],
      padding: padding === "SAME" ? "same" : "valid",
    });
    const everywhere = native(
      tape,
      family,
      pad(tape, x, paddingOf(placed)),
      kernel,
      [1, 1],
      "VALID",
    );
    return subsample(tape, everywhere, strides);
  }
  const attributes: ConvolutionAttributes = { strides, padding };
  const shape = [
    x.shape[0] ?? -1,
    outputExtent(x.shape[1] ?? 0, kernel.shape[0] ?? 0, strides[0], padding),
    outputExtent(x.shape[2] ?? 0, kernel.shape[1] ?? 0, strides[1], padding),
    family.channels(kernel),
  ];
  return tape.record(family.forward(tape, [x, kernel], attributes, shape), [
    {
      of: x,
      gradient: (dy) =>
        family.backpropInput(
          tape,
          [kernel, dy],
          { ...attributes, inputSize: x.shape.slice(1) },
          x.shape,
        ),
    },
    {
      of: kernel,
      gradient: (dy) =>
        family.backpropFilter(
          tape,
          [x, dy],
          { ...attributes, kernelShape: kernel.shape },
          kernel.shape,
        ),
    },
  ]);
}

/** Positions of a window along one axis by TensorFlow's rule. */
export function outputExtent(
  extent: number,
  taps: number,
  stride: number,
  padding: PaddingMode,
): number {
  return padding === "SAME" ? Math.ceil(extent / stride) : Math.floor((extent - taps) / stride) + 1;
}
