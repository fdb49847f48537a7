import type { Activation } from "../layers/activations.ts";
import type { Inference } from "../layers/layer.ts";
import type { LayerType } from "../layers/layers.ts";
import { sizeOf } from "../layers/shape.ts";
import type { NetworkLayer, NetworkLayerOf } from "../network/network.ts";

/** Operations of inference on one image beside the multiply-accumulates of convolutions and dense layers. */
export interface Operations {
  readonly additions: number;
  readonly multiplications: number;
  readonly comparisons: number;
  /** Exponentials, logarithms and powers. */
  readonly exponentials: number;
  readonly divisions: number;
}

/** Kind of operation to its number; those that are not named are 0. */
type Some = Partial<Operations>;

type Rule<K extends LayerType> = (
  layer: NetworkLayerOf<K>,
  inference: Inference,
  outputs: number,
) => Some;

const none: Operations = {
  additions: 0,
  multiplications: 0,
  comparisons: 0,
  exponentials: 0,
  divisions: 0,
};

/** Operations of a layer; all 0 where its shape is not known. */
export function operationsOf(layer: NetworkLayer): Operations {
  const { inference } = layer;
  if (inference === undefined) return none;
  // Every rule takes the layer of its own key.
  const rule = rules[layer.type] as Rule<LayerType>;
  return { ...none, ...rule(layer, inference, sizeOf(inference.outputShape)) };
}

/** Sum over all layers. */
export function totalOperations(layers: readonly NetworkLayer[]): Operations {
  return layers.map(operationsOf).reduce(plus, none);
}

function plus(one: Some, other: Some): Operations {
  const sum = (kind: keyof Operations) => (one[kind] ?? 0) + (other[kind] ?? 0);
  return {
    additions: sum("additions"),
    multiplications: sum("multiplications"),
    comparisons: sum("comparisons"),
    exponentials: sum("exponentials"),
    divisions: sum("divisions"),
  };
}

/** An activation on so many values; `softmax` runs over the channels of each position. */
function activate(activation: Activation, values: number, channels: number): Some {
  const positions = values / channels;
  const sigmoid = { exponentials: values, additions: values, divisions: values };
  const hardSigmoid = { multiplications: values, additions: values, comparisons: 2 * values };
  switch (activation) {
    case "linear":
      return {};
    case "relu":
      return { comparisons: values };
    case "relu6":
      return { comparisons: 2 * values };
    case "leakyRelu":
      return { comparisons: values, multiplications: values };
    case "elu":
      return { comparisons: values, exponentials: values, additions: values };
    case "selu":
      return {
        comparisons: values,
        exponentials: values,
        additions: values,
        multiplications: values,
      };
    // x · Φ(x) by the error function, which counts as one exponential.
    case "gelu":
      return { exponentials: values, additions: values, multiplications: 3 * values };
    case "sigmoid":
      return sigmoid;
    case "swish":
      return { ...sigmoid, multiplications: values };
    case "hardSigmoid":
      return hardSigmoid;
    case "hardSwish":
      return { ...hardSigmoid, multiplications: 2 * values };
    // (e²ˣ − 1) / (e²ˣ + 1)
    case "tanh":
      return {
        exponentials: values,
        additions: 2 * values,
        multiplications: values,
        divisions: values,
      };
    case "softplus":
      return { exponentials: 2 * values, additions: values };
    // The largest value is subtracted first, so that nothing overflows.
    case "softmax":
      return {
        comparisons: values - positions,
        additions: values + values - positions,
        exponentials: values,
        divisions: values,
      };
  }
}

const nothing = (): Some => ({});

/** Bias and activation of a layer that multiplies and accumulates. */
function weighted(
  { options }: { readonly options: { readonly useBias: boolean; readonly activation: Activation } },
  { outputShape }: Inference,
  outputs: number,
): Some {
  const bias = { additions: options.useBias ? outputs : 0 };
  return plus(bias, activate(options.activation, outputs, outputShape.at(-1) ?? 1));
}

/** Gamma and beta on the normalised values. */
function affine(
  { center, scale }: { readonly center: boolean; readonly scale: boolean },
  values: number,
): Some {
  return { additions: center ? values : 0, multiplications: scale ? values : 0 };
}

/** Mean and variance of the input itself, then the division. */
function normalize(
  { options }: { readonly options: { readonly center: boolean; readonly scale: boolean } },
  _inference: Inference,
  outputs: number,
): Some {
  const statistics = { additions: 3 * outputs, multiplications: outputs, divisions: outputs };
  return plus(statistics, affine(options, outputs));
}

const area = ([height, width]: readonly [number, number]) => height * width;

/** Inputs that one output of a local window reads. */
function windowArea({ window }: Inference): number {
  return window.type === "local" ? window.height.size * window.width.size : 1;
}

const rules: { readonly [K in LayerType]: Rule<K> } = {
  input: nothing,
  conv2d: weighted,
  depthwiseConv2d: weighted,
  separableConv2d: weighted,
  conv2dTranspose: weighted,
  tableConv2d: weighted,
  dense: weighted,
  // Each product of a squared distance has a subtraction before it.
  radialBasis: ({ inputShapes }, _inference, outputs) => ({
    additions: outputs * sizeOf(inputShapes[0] ?? []),
  }),
  maxPooling2d: ({ options }, _inference, outputs) => ({
    comparisons: outputs * (area(options.poolSize) - 1),
  }),
  averagePooling2d: ({ options }, _inference, outputs) => ({
    additions: outputs * (area(options.poolSize) - 1),
    divisions: outputs,
  }),
  globalAveragePooling2d: (_layer, inference, outputs) => ({
    additions: outputs * (windowArea(inference) - 1),
    divisions: outputs,
  }),
  globalMaxPooling2d: (_layer, inference, outputs) => ({
    comparisons: outputs * (windowArea(inference) - 1),
  }),
  adaptiveAveragePooling2d: (_layer, inference, outputs) => ({
    additions: outputs * (windowArea(inference) - 1),
    divisions: outputs,
  }),
  subsampling2d: ({ options }, { outputShape }, outputs) =>
    plus(
      { additions: outputs * area(options.poolSize), multiplications: outputs },
      activate(options.activation, outputs, outputShape.at(-1) ?? 1),
    ),
  // In inference mean and variance are constants, which fold into one factor and one summand.
  batchNormalization: (_layer, _inference, outputs) => ({
    additions: outputs,
    multiplications: outputs,
  }),
  layerNormalization: normalize,
  groupNormalization: normalize,
  localResponseNormalization: ({ options }, _inference, outputs) => ({
    additions: outputs * (2 * options.depthRadius + 1),
    multiplications: 2 * outputs,
    exponentials: outputs,
    divisions: outputs,
  }),
  dropout: nothing,
  spatialDropout2d: nothing,
  rescaling: ({ options }, _inference, outputs) => ({
    multiplications: outputs,
    additions: options.offset === 0 ? 0 : outputs,
  }),
  activation: ({ options }, { outputShape }, outputs) =>
    activate(options.activation, outputs, outputShape.at(-1) ?? 1),
  prelu: (_layer, _inference, outputs) => ({ comparisons: outputs, multiplications: outputs }),
  add: ({ inputs }, _inference, outputs) => ({ additions: outputs * (inputs.length - 1) }),
  average: ({ inputs }, _inference, outputs) => ({
    additions: outputs * (inputs.length - 1),
    divisions: outputs,
  }),
  multiply: ({ inputs }, _inference, outputs) => ({
    multiplications: outputs * (inputs.length - 1),
  }),
  maximum: ({ inputs }, _inference, outputs) => ({ comparisons: outputs * (inputs.length - 1) }),
  concatenate: nothing,
  flatten: nothing,
  reshape: nothing,
  zeroPadding2d: nothing,
  cropping2d: nothing,
  // Four neighbours with a factor each.
  upSampling2d: ({ options }, _inference, outputs) =>
    options.interpolation === "nearest"
      ? {}
      : { multiplications: 4 * outputs, additions: 3 * outputs },
  channelPadding: nothing,
  channelShuffle: nothing,
};
