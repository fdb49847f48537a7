import type { Pair } from "../../../core/layers/option.ts";
import type { OperationOf, Tensor } from "../../graph/operation.ts";
import type { NodeContent, NodeWriter } from "./nodeWriter.ts";

const int = { type: "int32" } as const;

/** Whether a kernel is 1 × 1, so that the convolution is a product of matrices: pixels by channels. */
export const isPixelwise = (kernelShape: readonly number[]): boolean =>
  kernelShape[0] === 1 && kernelShape[1] === 1;

/**
 * Gradient of a 1 × 1 convolution without strides as a product of matrices, dx = dy · kᵀ, which oneDNN computes faster
 * than as a convolution.
 */
export function pixelwiseInputGradient(
  writer: NodeWriter,
  { name, inputs, attributes }: OperationOf<"Conv2DBackpropInput">,
): NodeContent {
  const [kernel, dy] = inputs as readonly [Tensor, Tensor];
  const rows = rowsOf(writer, `${name}/dy`, writer.ref(dy), dy);
  const matrix = writer.add(
    `${name}/kernel`,
    "Reshape",
    reshape(writer, writer.ref(kernel), kernel.shape.slice(2), kernel),
  );
  const product = multiplied(writer, name, [rows, matrix], { transposed: "b", like: dy });
  return reshape(writer, product, [-1, ...attributes.inputSize], dy);
}

/**
 * Gradient of a 1 × 1 kernel as a product of matrices, xᵀ · dy. Pixels that strides skip are left out beforehand: oneDNN
 * has that gradient wrong where channels are few (seen with TensorFlow 2.21 on AVX2, right with eight and more).
 */
export function pixelwiseFilterGradient(
  writer: NodeWriter,
  { name, inputs, attributes }: OperationOf<"Conv2DBackpropFilter">,
): NodeContent {
  const [x, dy] = inputs as readonly [Tensor, Tensor];
  const { kernelShape, strides } = attributes;
  const pixels = rowsOf(writer, `${name}/x`, seenPixels(writer, name, x, strides), x);
  const rows = rowsOf(writer, `${name}/dy`, writer.ref(dy), dy);
  const product = multiplied(writer, name, [pixels, rows], { transposed: "a", like: dy });
  return reshape(writer, product, kernelShape, dy);
}

/**
 * The pixels that a 1 × 1 window meets: as means of one pixel each, because `StridedSlice` takes ten times as long. Not
 * every TensorFlow has means of bfloat16.
 */
function seenPixels(writer: NodeWriter, name: string, x: Tensor, strides: Pair): string {
  if (strides[0] === 1 && strides[1] === 1) return writer.ref(x);
  const T = { type: x.dataType } as const;
  const zeros = writer.integers([0, 0, 0, 0]);
  const all = { integer: 0b1111 } as const;
  return x.dataType === "float32"
    ? writer.add(`${name}/seen`, "AvgPool", {
        inputs: [writer.ref(x)],
        attributes: {
          T,
          data_format: { string: "NHWC" },
          ksize: { integers: [1, 1, 1, 1] },
          strides: { integers: [1, ...strides, 1] },
          padding: { string: "VALID" },
        },
      })
    : writer.add(`${name}/seen`, "StridedSlice", {
        inputs: [writer.ref(x), zeros, zeros, writer.integers([1, ...strides, 1])],
        attributes: { T, Index: int, begin_mask: all, end_mask: all },
      });
}

const rowsOf = (writer: NodeWriter, name: string, map: string, like: Tensor): string =>
  writer.add(`${name}/rows`, "Reshape", reshape(writer, map, [-1, like.shape.at(-1) ?? 0], like));

const reshape = (
  writer: NodeWriter,
  from: string,
  shape: readonly number[],
  { dataType }: Tensor,
): NodeContent => ({
  op: "Reshape",
  inputs: [from, writer.integers(shape)],
  attributes: { T: { type: dataType }, Tshape: int },
});

const multiplied = (
  writer: NodeWriter,
  name: string,
  factors: readonly [string, string],
  { transposed, like }: { readonly transposed: "a" | "b"; readonly like: Tensor },
): string =>
  writer.add(`${name}/product`, "MatMul", {
    inputs: factors,
    attributes: {
      T: { type: like.dataType },
      transpose_a: { boolean: transposed === "a" },
      transpose_b: { boolean: transposed === "b" },
    },
  });
