import type { PoolAttributes } from "../../../graph/operation.ts";
import { input, type Kernel, type Map4, runKernel, type Tf, type Value } from "./kernel.ts";

const options = ({ size, strides, padding }: PoolAttributes) => ({
  filterSize: [...size] as [number, number],
  strides: [...strides] as [number, number],
  pad: padding === "SAME" ? ("same" as const) : ("valid" as const),
});

export const maxPool: Kernel<"MaxPool"> = ({ tf, inputs, attributes }) => {
  const { filterSize, strides, pad } = options(attributes);
  return tf.maxPool(input(inputs, 0) as Map4, filterSize, strides, pad);
};

export const maxPoolGradient: Kernel<"MaxPoolGrad"> = ({ tf, inputs, attributes }) =>
  runKernel(
    tf,
    "MaxPoolGrad",
    { input: input(inputs, 0), output: input(inputs, 1), dy: input(inputs, 2) },
    options(attributes),
  );

export const averagePool: Kernel<"AvgPool"> = ({ tf, inputs, attributes }) => {
  const { filterSize, strides, pad } = options(attributes);
  return tf.avgPool(input(inputs, 0) as Map4, filterSize, strides, pad);
};

/**
 * The backend divides by the whole window also where part of it lies beyond the map, while the forward pass divides by
 * what is inside; so the gradient is scaled up there first.
 */
export const averagePoolGradient: Kernel<"AvgPoolGrad"> = ({
  tf,
  inputs,
  outputs: [output],
  attributes,
}) => {
  const [batch = 0, ...size] = output?.shape ?? [];
  const dy = input(inputs, 0);
  return runKernel(
    tf,
    "AvgPoolGrad",
    // Of the input only the shape counts.
    { dy: tf.mul(dy, windowShares(tf, dy, size, attributes)), input: tf.zeros([batch, ...size]) },
    options(attributes),
  );
};

/** `[1, height, width, 1]`: the window's area by how much of it lies on the map. */
function windowShares(
  tf: Tf,
  dy: Value,
  inputSize: readonly number[],
  { size, strides, padding }: PoolAttributes,
): Value {
  const [rows = [], columns = []] = [0, 1].map((axis) => {
    const [window, stride] = [size[axis] ?? 1, strides[axis] ?? 1];
    const [extent, count] = [inputSize[axis] ?? 0, dy.shape[axis + 1] ?? 0];
    const missing = Math.max((count - 1) * stride + window - extent, 0);
    const before = padding === "SAME" ? Math.floor(missing / 2) : 0;
    return Array.from({ length: count }, (_, place) => {
      const start = place * stride - before;
      return window / (Math.min(start + window, extent) - Math.max(start, 0));
    });
  });
  const shares = rows.flatMap((row) => columns.map((column) => row * column));
  return tf.tensor(shares, [1, rows.length, columns.length, 1]);
}
