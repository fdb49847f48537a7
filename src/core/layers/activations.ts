/** Element-wise functions by their Keras names; `linear` changes nothing. */
export const activations = [
  "linear",
  "relu",
  "relu6",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "swish",
  "hardSwish",
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "softplus",
  "softmax",
] as const;

export type Activation = (typeof activations)[number];

/** The `activation` option of convolutions and dense layers. */
export const activationOption = {
  kind: "choice",
  values: activations,
  default: "linear",
  description: "Function applied to every output value.",
} as const;
