import { input, type Kernel } from "./kernel.ts";

export const sum: Kernel<"Sum"> = ({ tf, inputs, attributes: { axes, keepDims } }) =>
  tf.sum(input(inputs, 0), [...axes], keepDims);

export const mean: Kernel<"Mean"> = ({ tf, inputs, attributes: { axes, keepDims } }) =>
  tf.mean(input(inputs, 0), [...axes], keepDims);

export const biasGradient: Kernel<"BiasAddGrad"> = ({ tf, inputs }) => {
  const dy = input(inputs, 0);
  return tf.sum(
    dy,
    dy.shape.slice(0, -1).map((_, axis) => axis),
  );
};

export const argMax: Kernel<"ArgMax"> = ({ tf, inputs }) => tf.argMax(input(inputs, 0), -1);

export const softmax: Kernel<"Softmax"> = ({ tf, inputs }) => tf.softmax(input(inputs, 0));

/** −Σ labels · log softmax(logits) of each example, from the largest logit on so that nothing overflows; softmax − labels. */
export const softmaxCrossEntropy: Kernel<"SoftmaxCrossEntropyWithLogits"> = ({ tf, inputs }) => {
  const [logits, labels] = [input(inputs, 0), input(inputs, 1)];
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const logs = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
  return [tf.neg(tf.sum(tf.mul(labels, logs), -1)), tf.sub(tf.exp(logs), labels)];
};
