import type { ConvolutionAttributes, OperationOf, Tensor } from "../../graph/operation.ts";
import type { NodeContent, NodeWriter } from "./nodeWriter.ts";
import { pixelLanes, unfolded } from "./pixelLanes.ts";

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;

/** Rows and columns of zeros before and after a map. */
interface Border {
  readonly vertical: readonly [number, number];
  readonly horizontal: readonly [number, number];
}

/**
 * Whether a convolution has so few outputs that two neighbouring pixels of them fit in the lanes of one instruction.
 * Where the kernel is one pixel wide nothing would be won: two pixels share what the kernel meets.
 */
export function isFoldable(
  writer: NodeWriter,
  kernelShape: readonly number[],
  { strides }: ConvolutionAttributes,
  output: { readonly channels: number; readonly width: number },
  { dataType }: Tensor,
): boolean {
  const [, width = 0] = kernelShape;
  return (
    writer.forOneDnn &&
    dataType === "float32" &&
    strides.every((stride) => stride === 1) &&
    width > 1 &&
    2 * output.channels <= pixelLanes &&
    output.width % 2 === 0
  );
}

/** A convolution that makes two neighbouring pixels at once, as channels. */
export function foldedConvolution(
  writer: NodeWriter,
  { name, inputs, outputs, attributes: { padding } }: OperationOf<"Conv2D">,
): NodeContent {
  const [x, kernel] = inputs as readonly [Tensor, Tensor];
  const border = borderOf(kernel.shape, padding);
  const wide = twoPixels(writer, name, writer.ref(x), writer.ref(kernel), border);
  return unfolded(writer, outputs[0] as Tensor, { node: wide, fold: 2 });
}

/** The gradient likewise: a convolution of `dy` with the kernel turned around. */
export function foldedInputGradient(
  writer: NodeWriter,
  { name, inputs, outputs, attributes: { padding } }: OperationOf<"Conv2DBackpropInput">,
): NodeContent {
  const [kernel, dy] = inputs as readonly [Tensor, Tensor];
  const [height = 0, width = 0] = kernel.shape;
  const reversed = writer.add(`${name}/reversed`, "ReverseV2", {
    inputs: [writer.ref(kernel), writer.integers([0, 1])],
    attributes: { T: float, Tidx: int },
  });
  const turned = writer.add(`${name}/turned`, "Transpose", {
    inputs: [reversed, writer.integers([0, 1, 3, 2])],
    attributes: { T: float, Tperm: int },
  });
  const { vertical, horizontal } = borderOf(kernel.shape, padding);
  const wide = twoPixels(writer, name, writer.ref(dy), turned, {
    vertical: [height - 1 - vertical[0], height - 1 - vertical[1]],
    horizontal: [width - 1 - horizontal[0], width - 1 - horizontal[1]],
  });
  return unfolded(writer, outputs[0] as Tensor, { node: wide, fold: 2 });
}

function borderOf(
  [height = 0, width = 0]: readonly number[],
  padding: ConvolutionAttributes["padding"],
): Border {
  const around = (size: number) =>
    padding === "SAME"
      ? ([Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)] as const)
      : ([0, 0] as const);
  return { vertical: around(height), horizontal: around(width) };
}

/** Every second column, with the kernel twice side by side: once for this pixel and once, a column later, for the next. */
function twoPixels(
  writer: NodeWriter,
  name: string,
  x: string,
  kernel: string,
  { vertical, horizontal }: Border,
): string {
  const placed = [0, 1].map((shift) =>
    writer.add(`${name}/placed`, "Pad", {
      inputs: [kernel, writer.integers([0, 0, shift, 1 - shift, 0, 0, 0, 0], [4, 2])],
      attributes: { T: float, Tpaddings: int },
    }),
  );
  const both = writer.add(`${name}/both`, "ConcatV2", {
    inputs: [...placed, writer.integers([3], [])],
    attributes: { N: { integer: 2 }, T: float, Tidx: int },
  });
  return writer.add(`${name}/wide`, "Conv2D", {
    inputs: [x, both],
    attributes: {
      T: float,
      data_format: { string: "NHWC" },
      strides: { integers: [1, 1, 2, 1] },
      padding: { string: "EXPLICIT" },
      dilations: { integers: [1, 1, 1, 1] },
      explicit_paddings: { integers: [0, 0, ...vertical, ...horizontal, 0, 0] },
      use_cudnn_on_gpu: { boolean: true },
    },
  });
}
