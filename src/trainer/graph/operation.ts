import type { Pair } from "../../core/layers/option.ts";

/** Element types of a tensor; `bfloat16` is a float32 without its last 16 bits. */
export type DataType = "float32" | "bfloat16" | "int32" | "bool";

/** Those that engines of our own have. */
export type PlainDataType = Exclude<DataType, "bfloat16">;

/** Extents with the batch first; -1 stands for any batch (or a multiple of it after `SpaceToBatchND`). */
export type TensorShape = readonly number[];

/** One output of an operation. */
export interface Tensor {
  /** Name of the operation that makes it. */
  readonly operation: string;
  readonly index: number;
  readonly shape: TensorShape;
  readonly dataType: DataType;
}

/** Element-wise functions of one tensor, without attributes. */
export type UnaryType =
  | "Relu"
  | "Relu6"
  | "Elu"
  | "Selu"
  | "Sigmoid"
  | "Tanh"
  | "Softplus"
  | "Softsign"
  | "Erf"
  | "Exp"
  | "Log"
  | "Neg"
  | "Rsqrt"
  | "Sqrt"
  | "Square"
  | "Identity";

/** Element-wise functions of two tensors that broadcast as in NumPy. */
export type BinaryType =
  | "AddV2"
  | "Sub"
  | "Mul"
  | "RealDiv"
  | "Maximum"
  | "Minimum"
  | "Pow"
  | "GreaterEqual"
  | "Equal";

/**
 * Gradients of element-wise functions by TensorFlow's names.
 * `ReluGrad`, `Relu6Grad`, `EluGrad`, `SeluGrad` take `(dy, y)`, `SigmoidGrad` and `TanhGrad` take `(y, dy)`,
 * `SoftplusGrad` and `SoftsignGrad` take `(dy, x)`.
 */
export type UnaryGradientType =
  | "ReluGrad"
  | "Relu6Grad"
  | "EluGrad"
  | "SeluGrad"
  | "SigmoidGrad"
  | "TanhGrad"
  | "SoftplusGrad"
  | "SoftsignGrad";

/** `SAME` and `VALID` as TensorFlow defines them. */
export type PaddingMode = "SAME" | "VALID";

export interface ConvolutionAttributes {
  readonly strides: Pair;
  readonly padding: PaddingMode;
}

export interface PoolAttributes extends ConvolutionAttributes {
  readonly size: Pair;
}

export interface ReductionAttributes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

export interface LrnAttributes {
  /** Channels on each side. */
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Padding or cropping of every axis, batch first: `[before, after]`. */
export type AxisPairs = readonly Pair[];

interface VariableAttributes {
  /** Names of the variables it reads or writes, in TensorFlow's order of inputs. */
  readonly variables: readonly string[];
}

type NoAttributes = Readonly<Record<never, never>>;

/** What each type of operation needs besides its inputs; shapes and axes are attributes here, not tensors. */
export type OperationAttributes = {
  readonly [K in UnaryType | BinaryType | UnaryGradientType]: NoAttributes;
} & {
  /** Fed from outside at every call. */
  readonly Placeholder: NoAttributes;
  readonly Const: { readonly values: readonly number[] };

  readonly ReadVariableOp: VariableAttributes;
  /** Input: the new value. */
  readonly AssignVariableOp: VariableAttributes;
  /** Input: what is subtracted. */
  readonly AssignSubVariableOp: VariableAttributes;
  /** Variable; inputs: learning rate, gradient. */
  readonly ResourceApplyGradientDescent: VariableAttributes;
  /** Variable, velocity; inputs: learning rate, gradient, momentum. */
  readonly ResourceApplyKerasMomentum: VariableAttributes & { readonly useNesterov: boolean };
  /** Variable, m, v; inputs: β1^t, β2^t, learning rate, β1, β2, ε, gradient. */
  readonly ResourceApplyAdam: VariableAttributes;

  /** Inputs: images `[batch, height, width, inputs]`, kernel `[height, width, inputs, outputs]`. */
  readonly Conv2D: ConvolutionAttributes;
  /** Inputs: kernel, gradient of the output; `inputSize` is `[height, width, channels]` of what comes out. */
  readonly Conv2DBackpropInput: ConvolutionAttributes & { readonly inputSize: readonly number[] };
  /** Inputs: images, gradient of the output; `kernelShape` is what comes out. */
  readonly Conv2DBackpropFilter: ConvolutionAttributes & {
    readonly kernelShape: readonly number[];
  };
  /** Inputs: images, kernel `[height, width, inputs, multiplier]`; TensorFlow wants equal strides. */
  readonly DepthwiseConv2dNative: ConvolutionAttributes;
  readonly DepthwiseConv2dNativeBackpropInput: ConvolutionAttributes & {
    readonly inputSize: readonly number[];
  };
  readonly DepthwiseConv2dNativeBackpropFilter: ConvolutionAttributes & {
    readonly kernelShape: readonly number[];
  };
  readonly BiasAdd: NoAttributes;
  /** Sum over all axes but the last. */
  readonly BiasAddGrad: NoAttributes;
  readonly MatMul: { readonly transposeA: boolean; readonly transposeB: boolean };

  readonly MaxPool: PoolAttributes;
  /** Inputs: input, output, gradient of the output. */
  readonly MaxPoolGrad: PoolAttributes;
  /** Divides by the number of real inputs in the window. */
  readonly AvgPool: PoolAttributes;
  /** Input: gradient of the output; `inputSize` is `[height, width, channels]` of what comes out. */
  readonly AvgPoolGrad: PoolAttributes & { readonly inputSize: readonly number[] };

  /**
   * Training form. Inputs: x, scale, offset.
   * Outputs: y, batch mean, batch variance (unbiased), and three reserves for the gradient.
   */
  readonly FusedBatchNormV3: { readonly epsilon: number };
  /** Inputs: dy, x, scale, the three reserves. Outputs: dx, dScale, dOffset. */
  readonly FusedBatchNormGradV3: { readonly epsilon: number };
  readonly LRN: LrnAttributes;
  /** Inputs: dy, x, y. */
  readonly LRNGrad: LrnAttributes;

  readonly LeakyRelu: { readonly alpha: number };
  /** Inputs: dy, x. */
  readonly LeakyReluGrad: { readonly alpha: number };
  /** Along the last axis. */
  readonly Softmax: NoAttributes;
  /** Inputs: logits, labels `[batch, classes]`. Outputs: loss `[batch]`, gradient of the logits. */
  readonly SoftmaxCrossEntropyWithLogits: NoAttributes;

  /** The input, a scalar; where it is not finite, nothing that waits for this runs, and the call ends. */
  readonly CheckNumerics: NoAttributes;
  readonly AddN: NoAttributes;
  readonly Sum: ReductionAttributes;
  readonly Mean: ReductionAttributes;
  /** Index of the largest value along the last axis, as int32. */
  readonly ArgMax: NoAttributes;
  readonly Cast: { readonly to: DataType };
  /** Number of elements as an int32 scalar. */
  readonly Size: NoAttributes;
  /** Repeats the input; the batch is that of the second input. */
  readonly BroadcastTo: { readonly size: readonly number[] };
  readonly Reshape: { readonly shape: TensorShape };
  readonly Transpose: { readonly permutation: readonly number[] };
  readonly ConcatV2: { readonly axis: number };
  /** `size` -1 takes everything from `begin` on. */
  readonly Slice: { readonly begin: readonly number[]; readonly size: readonly number[] };
  readonly StridedSlice: {
    readonly begin: readonly number[];
    readonly end: readonly number[];
    readonly strides: readonly number[];
    /** Axes taken whole, whatever `begin` and `end` say. */
    readonly wholeAxes: readonly number[];
  };
  readonly PadV2: { readonly paddings: AxisPairs; readonly value: number };
  /** Mirrors without repeating the edge (`REFLECT`) or with it (`SYMMETRIC`). */
  readonly MirrorPad: { readonly paddings: AxisPairs; readonly mode: "REFLECT" | "SYMMETRIC" };
  readonly MirrorPadGrad: { readonly paddings: AxisPairs; readonly mode: "REFLECT" | "SYMMETRIC" };
  readonly SpaceToBatchND: { readonly blockShape: Pair; readonly paddings: readonly Pair[] };
  readonly BatchToSpaceND: { readonly blockShape: Pair; readonly crops: readonly Pair[] };
  /** Half-pixel centres, as Keras; `size` is `[height, width]` of what comes out. */
  readonly ResizeNearestNeighbor: { readonly size: Pair };
  readonly ResizeNearestNeighborGrad: { readonly size: Pair };
  readonly ResizeBilinear: { readonly size: Pair };
  /** Inputs: dy, the image that was resized. */
  readonly ResizeBilinearGrad: NoAttributes;
  /**
   * Uniform numbers in [0, 1) that depend on the seed and the step only.
   * Inputs: step (int32 scalar), a tensor whose batch is taken; `size` is the rest of the shape.
   */
  readonly StatelessRandomUniform: { readonly seed: number; readonly size: readonly number[] };
};

export type OperationType = keyof OperationAttributes;

/** An operation of one type. */
export interface OperationOf<K extends OperationType> {
  /** Unique in the graph; begins with the id of the layer that it belongs to. */
  readonly name: string;
  readonly type: K;
  readonly inputs: readonly Tensor[];
  readonly attributes: OperationAttributes[K];
  readonly outputs: readonly Tensor[];
  /** Operations that must have run before, besides those that make its inputs. */
  readonly after: readonly string[];
}

/** One step of the training graph; TensorFlow's operation names are the vocabulary. */
export type Operation = { readonly [K in OperationType]: OperationOf<K> }[OperationType];
