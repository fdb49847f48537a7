import { input, type Kernel, type Map4, runKernel, type Tf, type Value } from "./kernel.ts";

/** All axes but the last. */
const outer = ({ shape }: Value): number[] => shape.slice(0, -1).map((_, axis) => axis);

const countOuter = ({ shape }: Value): number =>
  shape.slice(0, -1).reduce((product, extent) => product * extent, 1);

export const batchNormalization: Kernel<"FusedBatchNormV3"> = ({
  tf,
  inputs,
  attributes: { epsilon },
}) => {
  const [x, scale, offset] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
  const mean = tf.mean(x, outer(x));
  const centered = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centered), outer(x));
  const count = countOuter(x);
  const y = tf.add(
    tf.mul(centered, tf.mul(scale, inverseDeviation(tf, variance, epsilon))),
    offset,
  );
  const unbiased = tf.mul(variance, count / Math.max(count - 1, 1));
  return [y, mean, unbiased, tf.clone(mean), variance, tf.scalar(0)];
};

const inverseDeviation = (tf: Tf, variance: Value, epsilon: number): Value =>
  tf.rsqrt(tf.add(variance, epsilon));

/** dx = scale / σ · (dy − mean(dy) − x̂ · mean(dy · x̂)), (Ioffe and Szegedy 2015, section 3). */
export const batchNormalizationGradient: Kernel<"FusedBatchNormGradV3"> = ({
  tf,
  inputs,
  attributes: { epsilon },
}) => {
  const [dy, x, scale] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
  const [mean, variance] = [input(inputs, 3), input(inputs, 4)];
  const inverse = inverseDeviation(tf, variance, epsilon);
  const normalized = tf.mul(tf.sub(x, mean), inverse);
  const dOffset = tf.sum(dy, outer(dy));
  const dScale = tf.sum(tf.mul(dy, normalized), outer(dy));
  const count = countOuter(x);
  const rest = tf.add(tf.div(dOffset, count), tf.mul(normalized, tf.div(dScale, count)));
  return [tf.mul(tf.mul(scale, inverse), tf.sub(dy, rest)), dScale, dOffset];
};

export const localResponse: Kernel<"LRN"> = ({ tf, inputs, attributes }) => {
  const { depthRadius, bias, alpha, beta } = attributes;
  return tf.localResponseNormalization(input(inputs, 0) as Map4, depthRadius, bias, alpha, beta);
};

export const localResponseGradient: Kernel<"LRNGrad"> = ({ tf, inputs, attributes }) =>
  runKernel(
    tf,
    "LRNGrad",
    { dy: input(inputs, 0), x: input(inputs, 1), y: input(inputs, 2) },
    { ...attributes },
  );
