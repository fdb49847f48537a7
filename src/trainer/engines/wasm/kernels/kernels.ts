import type { OperationType } from "../../../graph/operation.ts";
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, matMul } from "./convolutions.ts";
import { depthwise, depthwiseBackpropFilter, depthwiseBackpropInput } from "./depthwise.ts";
import { addAll, broadcast, eachValue } from "./elementwise.ts";
import { type Kernel, type Missing, view } from "./kernel.ts";
import {
  batchToSpace,
  broadcastTo,
  cast,
  concatenate,
  identity,
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

/** How every operation is done; one without a line here does not compile. */
export const kernels: Kernels = {
  Relu: eachValue("relu"),
  Relu6: eachValue("relu6"),
  Elu: eachValue("elu"),
  Selu: eachValue("selu"),
  Sigmoid: eachValue("sigmoid"),
  Tanh: eachValue("tanh"),
  Softplus: eachValue("softplus"),
  Softsign: eachValue("softsign"),
  Erf: eachValue("erf"),
  Exp: eachValue("exp"),
  Log: eachValue("log"),
  Neg: eachValue("negate"),
  Rsqrt: eachValue("inverseSquareRoot"),
  Sqrt: eachValue("squareRoot"),
  Square: eachValue("square"),
  Identity: identity,
  LeakyRelu: eachValue("leakyRelu", ({ alpha }) => [alpha]),

  ReluGrad: eachValue("reluGradient"),
  Relu6Grad: eachValue("relu6Gradient"),
  EluGrad: eachValue("eluGradient"),
  SeluGrad: eachValue("seluGradient"),
  SigmoidGrad: eachValue("sigmoidGradient"),
  TanhGrad: eachValue("tanhGradient"),
  SoftplusGrad: eachValue("softplusGradient"),
  SoftsignGrad: eachValue("softsignGradient"),
  LeakyReluGrad: eachValue("leakyReluGradient", ({ alpha }) => [alpha]),

  AddV2: broadcast("add"),
  Sub: broadcast("subtract"),
  Mul: broadcast("multiply"),
  RealDiv: broadcast("divide"),
  Maximum: broadcast("maximum"),
  Minimum: broadcast("minimum"),
  Pow: broadcast("raise"),
  GreaterEqual: broadcast("greaterOrEqual"),
  Equal: broadcast("equal", "equalIntegers"),
  BiasAdd: broadcast("add"),
  AddN: addAll,
  // The executor looks at the number.
  CheckNumerics: () => view,

  ReadVariableOp: read,
  AssignVariableOp: assign,
  AssignSubVariableOp: assignSub,
  ResourceApplyGradientDescent: applyGradientDescent,
  ResourceApplyKerasMomentum: applyKerasMomentum,
  ResourceApplyAdam: applyAdam,

  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
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
