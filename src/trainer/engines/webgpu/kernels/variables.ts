import { input, type Kernel } from "./kernel.ts";

const nameAt = (names: readonly string[], index: number): string => names[index] ?? "";

export const read: Kernel<"ReadVariableOp"> = ({ tf, variables, attributes }) =>
  tf.clone(variables.valueOf(nameAt(attributes.variables, 0)));

export const assign: Kernel<"AssignVariableOp"> = ({ tf, inputs, variables, attributes }) => {
  variables.replace(nameAt(attributes.variables, 0), tf.clone(input(inputs, 0)));
  return [];
};

export const assignSub: Kernel<"AssignSubVariableOp"> = ({ tf, inputs, variables, attributes }) => {
  const name = nameAt(attributes.variables, 0);
  variables.replace(name, tf.sub(variables.valueOf(name), input(inputs, 0)));
  return [];
};

export const applyGradientDescent: Kernel<"ResourceApplyGradientDescent"> = ({
  tf,
  inputs,
  variables,
  attributes,
}) => {
  const name = nameAt(attributes.variables, 0);
  const change = tf.mul(input(inputs, 0), input(inputs, 1));
  variables.replace(name, tf.sub(variables.valueOf(name), change));
  return [];
};

export const applyKerasMomentum: Kernel<"ResourceApplyKerasMomentum"> = ({
  tf,
  inputs,
  variables,
  attributes: { variables: names, useNesterov },
}) => {
  const [weight, velocity] = [nameAt(names, 0), nameAt(names, 1)];
  const [learningRate, gradient, momentum] = [0, 1, 2].map((index) => input(inputs, index));
  const change = tf.mul(learningRate ?? 0, gradient ?? 0);
  const moved = tf.sub(tf.mul(variables.valueOf(velocity), momentum ?? 0), change);
  const step = useNesterov ? tf.sub(tf.mul(moved, momentum ?? 0), change) : moved;
  variables.replace(weight, tf.add(variables.valueOf(weight), step));
  variables.replace(velocity, moved);
  return [];
};

export const applyAdam: Kernel<"ResourceApplyAdam"> = ({
  tf,
  inputs,
  variables,
  attributes: { variables: names },
}) => {
  const [weight, mean, variance] = [nameAt(names, 0), nameAt(names, 1), nameAt(names, 2)];
  const at = (index: number) => input(inputs, index);
  const [power1, power2, learningRate, beta1, beta2, epsilon, gradient] = [
    at(0),
    at(1),
    at(2),
    at(3),
    at(4),
    at(5),
    at(6),
  ];
  const rate = tf.div(tf.mul(learningRate, tf.sqrt(tf.sub(1, power2))), tf.sub(1, power1));
  const oldMean = variables.valueOf(mean);
  const oldVariance = variables.valueOf(variance);
  const m = tf.add(oldMean, tf.mul(tf.sub(gradient, oldMean), tf.sub(1, beta1)));
  const v = tf.add(oldVariance, tf.mul(tf.sub(tf.square(gradient), oldVariance), tf.sub(1, beta2)));
  const change = tf.div(tf.mul(rate, m), tf.add(tf.sqrt(v), epsilon));
  variables.replace(weight, tf.sub(variables.valueOf(weight), change));
  variables.replace(mean, m);
  variables.replace(variance, v);
  return [];
};
