import type { BinaryType, UnaryGradientType, UnaryType } from "../../../graph/operation.ts";
import { input, type Kernel, type Tf, type Value } from "./kernel.ts";

type UnaryFunction = (tf: Tf, x: Value) => Value;
type BinaryFunction = (tf: Tf, first: Value, second: Value) => Value;

/** A function of every value of one tensor. */
export const eachValue =
  (compute: UnaryFunction): Kernel<UnaryType> =>
  ({ tf, inputs }) =>
    compute(tf, input(inputs, 0));

/** A function of every pair of values of two tensors. */
export const eachPair =
  (compute: BinaryFunction): Kernel<BinaryType | UnaryGradientType> =>
  ({ tf, inputs }) =>
    compute(tf, input(inputs, 0), input(inputs, 1));

/** x / (1 + |x|). */
export const softsign: UnaryFunction = (tf, x) => tf.div(x, tf.add(1, tf.abs(x)));

/** Gradient where the output is positive. */
export const reluGradient: BinaryFunction = (tf, dy, y) => tf.mul(dy, tf.step(y));

/** Gradient where the output is between 0 and 6. */
export const relu6Gradient: BinaryFunction = (tf, dy, y) =>
  tf.mul(dy, tf.mul(tf.step(y), tf.step(tf.sub(6, y))));

/** dy · (y + 1) below zero. */
export const eluGradient: BinaryFunction = (tf, dy, y) =>
  tf.where(tf.less(y, 0), tf.mul(dy, tf.add(y, 1)), dy);

/** Constants of SELU (Klambauer et al. 2017). */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** dy · (y + scale · α) below zero, dy · scale above. */
export const seluGradient: BinaryFunction = (tf, dy, y) =>
  tf.mul(
    dy,
    tf.where(tf.less(y, 0), tf.add(y, seluScale * seluAlpha), tf.fill(y.shape, seluScale)),
  );

/** dy · y · (1 − y), of the output. */
export const sigmoidGradient: BinaryFunction = (tf, y, dy) => tf.mul(dy, tf.mul(y, tf.sub(1, y)));

/** dy · (1 − y²), of the output. */
export const tanhGradient: BinaryFunction = (tf, y, dy) => tf.mul(dy, tf.sub(1, tf.square(y)));

/** dy · sigmoid(x). */
export const softplusGradient: BinaryFunction = (tf, dy, x) => tf.mul(dy, tf.sigmoid(x));

/** dy / (1 + |x|)². */
export const softsignGradient: BinaryFunction = (tf, dy, x) =>
  tf.div(dy, tf.square(tf.add(1, tf.abs(x))));

export const leakyRelu: Kernel<"LeakyRelu"> = ({ tf, inputs, attributes: { alpha } }) =>
  tf.leakyRelu(input(inputs, 0), alpha);

/** dy above zero, α · dy below. */
export const leakyReluGradient: Kernel<"LeakyReluGrad"> = ({
  tf,
  inputs,
  attributes: { alpha },
}) => {
  const dy = input(inputs, 0);
  return tf.where(tf.greater(input(inputs, 1), 0), dy, tf.mul(dy, alpha));
};
