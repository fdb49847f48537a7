import type { OperationType } from "../../../graph/operation.ts";
import { backpropFilter, backpropInput, conv2d, depthwise, matMul } from "./convolutions.ts";
import {
  eachPair,
  eachValue,
  eluGradient,
  leakyRelu,
  leakyReluGradient,
  relu6Gradient,
  reluGradient,
  seluGradient,
  sigmoidGradient,
  softplusGradient,
  softsign,
  softsignGradient,
  tanhGradient,
} from "./elementwise.ts";
import { input, type Kernel, type Missing } from "./kernel.ts";
import {
  batchToSpace,
  broadcastTo,
  cast,
  concatenate,
  pad,
  reshape,
  slice,
  spaceToBatch,
  stridedSlice,
  transpose,
} from "./layouts.ts";
import {
  batchNormalization,
  batchNormalizationGradient,
  localResponse,
  localResponseGradient,
} from "./normalizations.ts";
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from "./pools.ts";
import { randomUniform } from "./random.ts";
import { argMax, biasGradient, mean, softmax, softmaxCrossEntropy, sum } from "./reductions.ts";
import {
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
} from "./resizing.ts";
import {
  applyAdam,
  applyGradientDescent,
  applyKerasMomentum,
  assign,
  assignSub,
  read,
} from "./variables.ts";

/** Operations whose value is known before anything runs. */
export type GivenType = "Placeholder" | "Const" | "Size";

type Kernels = {
  readonly [K in Exclude<OperationType, GivenType>]: Kernel<K> | Missing;
};

const mirrored: Missing = { missing: "padding by mirroring" };

/** How every operation is done with TensorFlow.js's kernels for WebGPU; its gradients are not used. */
export const kernels: Kernels = {
  Relu: eachValue((tf, x) => tf.relu(x)),
  Relu6: eachValue((tf, x) => tf.relu6(x)),
  Elu: eachValue((tf, x) => tf.elu(x)),
  Selu: eachValue((tf, x) => tf.selu(x)),
  Sigmoid: eachValue((tf, x) => tf.sigmoid(x)),
  Tanh: eachValue((tf, x) => tf.tanh(x)),
  Softplus: eachValue((tf, x) => tf.softplus(x)),
  Softsign: eachValue(softsign),
  Erf: eachValue((tf, x) => tf.erf(x)),
  Exp: eachValue((tf, x) => tf.exp(x)),
  Log: eachValue((tf, x) => tf.log(x)),
  Neg: eachValue((tf, x) => tf.neg(x)),
  Rsqrt: eachValue((tf, x) => tf.rsqrt(x)),
  Sqrt: eachValue((tf, x) => tf.sqrt(x)),
  Square: eachValue((tf, x) => tf.square(x)),
  Identity: eachValue((tf, x) => tf.clone(x)),
  LeakyRelu: leakyRelu,

  ReluGrad: eachPair(reluGradient),
  Relu6Grad: eachPair(relu6Gradient),
  EluGrad: eachPair(eluGradient),
  SeluGrad: eachPair(seluGradient),
  SigmoidGrad: eachPair(sigmoidGradient),
  TanhGrad: eachPair(tanhGradient),
  SoftplusGrad: eachPair(softplusGradient),
  SoftsignGrad: eachPair(softsignGradient),
  LeakyReluGrad: leakyReluGradient,

  AddV2: eachPair((tf, x, y) => tf.add(x, y)),
  Sub: eachPair((tf, x, y) => tf.sub(x, y)),
  Mul: eachPair((tf, x, y) => tf.mul(x, y)),
  RealDiv: eachPair((tf, x, y) => tf.div(x, y)),
  Maximum: eachPair((tf, x, y) => tf.maximum(x, y)),
  Minimum: eachPair((tf, x, y) => tf.minimum(x, y)),
  Pow: eachPair((tf, x, y) => tf.pow(x, y)),
  GreaterEqual: eachPair((tf, x, y) => tf.greaterEqual(x, y)),
  Equal: eachPair((tf, x, y) => tf.equal(x, y)),
  // The executor looks at the number.
  CheckNumerics: ({ tf, inputs }) => tf.clone(input(inputs, 0)),
  BiasAdd: ({ tf, inputs }) => tf.add(input(inputs, 0), input(inputs, 1)),
  AddN: ({ tf, inputs }) => tf.addN([...inputs]),

  ReadVariableOp: read,
  AssignVariableOp: assign,
  AssignSubVariableOp: assignSub,
  ResourceApplyGradientDescent: applyGradientDescent,
  ResourceApplyKerasMomentum: applyKerasMomentum,
  ResourceApplyAdam: applyAdam,

  Conv2D: conv2d,
  Conv2DBackpropInput: backpropInput("Conv2DBackpropInput"),
  Conv2DBackpropFilter: backpropFilter("Conv2DBackpropFilter"),
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropInput: backpropInput("DepthwiseConv2dNativeBackpropInput"),
  DepthwiseConv2dNativeBackpropFilter: backpropFilter("DepthwiseConv2dNativeBackpropFilter"),
  BiasAddGrad: biasGradient,
  MatMul: matMul,

  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGradient,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGradient,

  FusedBatchNormV3: batchNormalization,
  FusedBatchNormGradV3: batchNormalizationGradient,
  LRN: localResponse,
  LRNGrad: localResponseGradient,

  Softmax: softmax,
  SoftmaxCrossEntropyWithLogits: softmaxCrossEntropy,
  Sum: sum,
  Mean: mean,
  ArgMax: argMax,
  Cast: cast,

  BroadcastTo: broadcastTo,
  Reshape: reshape,
  Transpose: transpose,
  ConcatV2: concatenate,
  Slice: slice,
  StridedSlice: stridedSlice,
  PadV2: pad,
  MirrorPad: mirrored,
  MirrorPadGrad: mirrored,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  ResizeNearestNeighbor: resizeNearest,
  ResizeNearestNeighborGrad: resizeNearestGradient,
  ResizeBilinear: resizeBilinear,
  ResizeBilinearGrad: resizeBilinearGradient,
  StatelessRandomUniform: randomUniform,
};
