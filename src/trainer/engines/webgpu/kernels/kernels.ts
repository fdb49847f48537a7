import type {
  BinaryType,
  OperationType,
  UnaryGradientType,
  UnaryType,
} from "../../../graph/operation.ts";
import { conv2d, inputGradient, kernelGradient, matMul } from "./convolutions.ts";
import { depthwise, depthwiseInputGradient, depthwiseKernelGradient } from "./depthwise.ts";
import {
  addAll,
  binary,
  leakyRelu,
  leakyReluGradient,
  ofEach,
  ofPairs,
  unary,
} from "./elementwise.ts";
import type { Kernel, Missing } from "./kernel.ts";
import {
  batchToSpace,
  broadcastTo,
  concatenate,
  pad,
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

/** The output is the input, under another shape or type. */
export const view = "view";

type Kernels = {
  readonly [K in Exclude<OperationType, GivenType>]: Kernel<K> | Missing | typeof view;
};

/** Kernels for every type of a table of expressions. */
const each = <T extends string, K extends OperationType>(
  expressions: Readonly<Record<T, string>>,
  kernelOf: (expression: string) => Kernel<K>,
) =>
  Object.fromEntries(
    Object.entries<string>(expressions).map(([type, expression]) => [type, kernelOf(expression)]),
  ) as Readonly<Record<T, Kernel<K>>>;

const mirrored: Missing = { missing: "padding by mirroring" };

/** How every operation is done by compute shaders. */
export const kernels: Kernels = {
  ...each(unary, ofEach<UnaryType>),
  ...each(binary, ofPairs<BinaryType | UnaryGradientType>),
  BiasAdd: ofPairs(binary.AddV2),

  // The executor looks at the number.
  CheckNumerics: view,
  Identity: view,
  Reshape: view,
  Cast: view,

  LeakyRelu: leakyRelu,
  LeakyReluGrad: leakyReluGradient,
  AddN: addAll,

  ReadVariableOp: read,
  AssignVariableOp: assign,
  AssignSubVariableOp: assignSub,
  ResourceApplyGradientDescent: applyGradientDescent,
  ResourceApplyKerasMomentum: applyKerasMomentum,
  ResourceApplyAdam: applyAdam,

  Conv2D: conv2d,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: kernelGradient,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  DepthwiseConv2dNativeBackpropFilter: depthwiseKernelGradient,
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

  BroadcastTo: broadcastTo,
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
