import type { Pair } from "../../../core/layers/option.ts";
import type {
  ConvolutionAttributes,
  LrnAttributes,
  Operation,
  OperationOf,
  OperationType,
  PoolAttributes,
  ReductionAttributes,
  Tensor,
} from "../../graph/operation.ts";
import { notFiniteMark } from "./asEngineError.ts";
import { foldedConvolution, foldedInputGradient, isFoldable } from "./foldedConvolution.ts";
import { foldOf, foldedNormalization } from "./foldedNormalization.ts";
import type { AttributeValue, NodeDataType } from "./nodeDef.ts";
import type { NodeContent, NodeWriter } from "./nodeWriter.ts";
import { foldedBias, foldedRelu } from "./pixelLanes.ts";
import { isPixelwise, pixelwiseFilterGradient, pixelwiseInputGradient } from "./pixelwise.ts";

type Attributes = NodeContent["attributes"];
type Lowering<K extends OperationType> = (
  writer: NodeWriter,
  operation: OperationOf<K>,
) => NodeContent;

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;
const channelsLast = { data_format: { string: "NHWC" } } as const;

/** An operation of the training graph in TensorFlow's form. */
export function lower(writer: NodeWriter, operation: Operation): NodeContent {
  // The table pairs every type with its lowering; TypeScript cannot follow that through the union.
  const lowering = lowerings[operation.type] as Lowering<OperationType>;
  return lowering(writer, operation);
}

const elementwise: Lowering<OperationType> = (writer, { inputs }) => ({
  inputs: writer.refs(inputs),
  attributes: { T: typeOf(inputs) },
});

const window = ([height, width]: Pair): AttributeValue => ({ integers: [1, height, width, 1] });

/** The element type of what an operation takes. */
const typeOf = (inputs: readonly Tensor[]): AttributeValue => ({
  type: inputs[0]?.dataType ?? "float32",
});

const convolution = (
  inputs: readonly Tensor[],
  { strides, padding }: ConvolutionAttributes,
): Attributes => ({
  T: typeOf(inputs),
  ...channelsLast,
  strides: window(strides),
  padding: { string: padding },
  dilations: window([1, 1]),
  explicit_paddings: { integers: [] },
});

const plainConvolution = (
  inputs: readonly Tensor[],
  attributes: ConvolutionAttributes,
): Attributes => ({
  ...convolution(inputs, attributes),
  use_cudnn_on_gpu: { boolean: true },
});

const pooling = ({ size, strides, padding }: PoolAttributes): Attributes => ({
  T: float,
  ...channelsLast,
  ksize: window(size),
  strides: window(strides),
  padding: { string: padding },
});

const maxPooling = (attributes: PoolAttributes): Attributes => ({
  ...pooling(attributes),
  explicit_paddings: { integers: [] },
});

const responses = ({ depthRadius, bias, alpha, beta }: LrnAttributes): Attributes => ({
  T: float,
  depth_radius: { integer: depthRadius },
  bias: { float: bias },
  alpha: { float: alpha },
  beta: { float: beta },
});

const batchNormalization = (epsilon: number): Attributes => ({
  T: float,
  U: float,
  ...channelsLast,
  epsilon: { float: epsilon },
  is_training: { boolean: true },
});

const bitsOf = (axes: readonly number[]): AttributeValue => ({
  integer: axes.reduce((bits, axis) => bits | (1 << axis), 0),
});

const reduction: Lowering<"Sum" | "Mean"> = (writer, { inputs, attributes }) => {
  const { axes, keepDims }: ReductionAttributes = attributes;
  return {
    inputs: [...writer.refs(inputs), writer.integers(axes)],
    attributes: { T: float, Tidx: int, keep_dims: { boolean: keepDims } },
  };
};

const pairs = (list: readonly Pair[]): readonly number[] => list.flat();

const withPaddings =
  (extra: Attributes): Lowering<"MirrorPad" | "MirrorPadGrad"> =>
  (writer, { inputs, attributes: { paddings, mode } }) => ({
    inputs: [...writer.refs(inputs), writer.integers(pairs(paddings), [paddings.length, 2])],
    attributes: { T: float, Tpaddings: int, mode: { string: mode }, ...extra },
  });

const variableInputs = (
  writer: NodeWriter,
  variables: readonly string[],
  inputs: readonly Tensor[],
): readonly string[] => [
  ...variables.map((variable) => writer.handle(variable)),
  ...writer.refs(inputs),
];

const access: Lowering<"ReadVariableOp" | "AssignSubVariableOp"> = (
  writer,
  { inputs, attributes: { variables } },
) => ({ inputs: variableInputs(writer, variables, inputs), attributes: { dtype: float } });

/**
 * A variable keeps the memory of what it is assigned. A fed tensor's memory belongs to JavaScript, and tfjs-node gives
 * it back on whichever thread drops it last: from one of TensorFlow's, that corrupts the heap. So it gets a copy.
 */
const assignment: Lowering<"AssignVariableOp"> = (
  writer,
  { name, inputs, attributes: { variables } },
) => {
  const [value = ""] = writer.refs(inputs);
  const copy = writer.add(`${name}/copy`, "DeepCopy", {
    inputs: [value],
    attributes: { T: float },
  });
  return {
    inputs: [...variableInputs(writer, variables, []), copy],
    attributes: { dtype: float },
  };
};

const unlocked = { T: float, use_locking: { boolean: false } } as const;

const backpropInput: Lowering<"Conv2DBackpropInput" | "DepthwiseConv2dNativeBackpropInput"> = (
  writer,
  { name, type, inputs, attributes },
) => ({
  inputs: [
    writer.shapeWithBatchOf(name, inputs[1] as Tensor, attributes.inputSize),
    ...writer.refs(inputs),
  ],
  attributes: (type === "Conv2DBackpropInput" ? plainConvolution : convolution)(inputs, attributes),
});

const filterGradient: Lowering<"Conv2DBackpropFilter"> = (writer, operation) =>
  isPixelwise(operation.attributes.kernelShape)
    ? pixelwiseFilterGradient(writer, operation)
    : backpropFilter(writer, operation);

const convolved: Lowering<"Conv2D"> = (writer, operation) => {
  const { inputs, outputs, attributes } = operation;
  const [x, kernel] = inputs as readonly [Tensor, Tensor];
  const [, , width = 0, channels = 0] = outputs[0]?.shape ?? [];
  return isFoldable(writer, kernel.shape, attributes, { channels, width }, x)
    ? foldedConvolution(writer, operation)
    : { inputs: writer.refs(inputs), attributes: plainConvolution(inputs, attributes) };
};

const inputGradient: Lowering<"Conv2DBackpropInput"> = (writer, operation) => {
  const { inputs, attributes } = operation;
  const [kernel, dy] = inputs as readonly [Tensor, Tensor];
  const [, width = 0, channels = 0] = attributes.inputSize;
  if (isFoldable(writer, kernel.shape, attributes, { channels, width }, dy)) {
    return foldedInputGradient(writer, operation);
  }
  const [vertical, horizontal] = attributes.strides;
  return isPixelwise(kernel.shape) && vertical === 1 && horizontal === 1
    ? pixelwiseInputGradient(writer, operation)
    : backpropInput(writer, operation);
};

const backpropFilter: Lowering<"Conv2DBackpropFilter" | "DepthwiseConv2dNativeBackpropFilter"> = (
  writer,
  { type, inputs, attributes },
) => ({
  inputs: [
    writer.ref(inputs[0] as Tensor),
    writer.integers(attributes.kernelShape),
    writer.ref(inputs[1] as Tensor),
  ],
  attributes: (type === "Conv2DBackpropFilter" ? plainConvolution : convolution)(
    inputs,
    attributes,
  ),
});

const resize =
  (
    to: "size" | "like",
  ): Lowering<"ResizeNearestNeighbor" | "ResizeBilinear" | "ResizeNearestNeighborGrad"> =>
  (writer, { inputs, attributes: { size } }) => ({
    inputs: [...writer.refs(inputs), ...(to === "size" ? [writer.integers(size)] : [])],
    attributes: halfPixels,
  });

const halfPixels = {
  T: float,
  align_corners: { boolean: false },
  half_pixel_centers: { boolean: true },
} as const;

const lowerings: { readonly [K in OperationType]: Lowering<K> } = {
  Relu: (writer, operation) => foldedRelu(writer, operation) ?? elementwise(writer, operation),
  Relu6: elementwise,
  Elu: elementwise,
  Selu: elementwise,
  Sigmoid: elementwise,
  Tanh: elementwise,
  Softplus: elementwise,
  Softsign: elementwise,
  Erf: elementwise,
  Exp: elementwise,
  Log: elementwise,
  Neg: elementwise,
  Rsqrt: elementwise,
  Sqrt: elementwise,
  Square: elementwise,
  Identity: elementwise,
  AddV2: elementwise,
  Sub: elementwise,
  Mul: elementwise,
  RealDiv: elementwise,
  Maximum: elementwise,
  Minimum: elementwise,
  Pow: elementwise,
  GreaterEqual: elementwise,
  Equal: (writer, operation) => {
    const { inputs, attributes } = elementwise(writer, operation);
    return { inputs, attributes: { ...attributes, incompatible_shape_error: { boolean: true } } };
  },
  ReluGrad: elementwise,
  Relu6Grad: elementwise,
  EluGrad: elementwise,
  SeluGrad: elementwise,
  SigmoidGrad: elementwise,
  TanhGrad: elementwise,
  SoftplusGrad: elementwise,
  SoftsignGrad: elementwise,
  Softmax: elementwise,
  SoftmaxCrossEntropyWithLogits: elementwise,

  Placeholder: (_writer, { outputs: [output] }) => ({
    inputs: [],
    attributes: {
      dtype: { type: output?.dataType ?? "float32" },
      shape: { shape: output?.shape ?? [] },
    },
  }),
  Const: (_writer, { attributes: { values }, outputs: [output] }) => {
    const dataType: NodeDataType = output?.dataType === "int32" ? "int32" : "float32";
    return {
      inputs: [],
      attributes: {
        dtype: { type: dataType },
        value: { tensor: { dataType, shape: output?.shape ?? [], values } },
      },
    };
  },

  ReadVariableOp: access,
  AssignVariableOp: assignment,
  AssignSubVariableOp: access,
  ResourceApplyGradientDescent: (writer, { inputs, attributes }) => ({
    inputs: variableInputs(writer, attributes.variables, inputs),
    attributes: unlocked,
  }),
  ResourceApplyKerasMomentum: (writer, { inputs, attributes }) => ({
    inputs: variableInputs(writer, attributes.variables, inputs),
    attributes: { ...unlocked, use_nesterov: { boolean: attributes.useNesterov } },
  }),
  ResourceApplyAdam: (writer, { inputs, attributes }) => ({
    inputs: variableInputs(writer, attributes.variables, inputs),
    attributes: { ...unlocked, use_nesterov: { boolean: false } },
  }),

  Conv2D: convolved,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
  DepthwiseConv2dNative: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: convolution(inputs, attributes),
  }),
  DepthwiseConv2dNativeBackpropInput: backpropInput,
  DepthwiseConv2dNativeBackpropFilter: backpropFilter,
  BiasAdd: (writer, operation) =>
    foldedBias(writer, operation) ?? {
      inputs: writer.refs(operation.inputs),
      attributes: { T: float, ...channelsLast },
    },
  BiasAddGrad: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, ...channelsLast },
  }),
  MatMul: (writer, { inputs, attributes: { transposeA, transposeB } }) => ({
    inputs: writer.refs(inputs),
    attributes: {
      T: typeOf(inputs),
      transpose_a: { boolean: transposeA },
      transpose_b: { boolean: transposeB },
    },
  }),

  MaxPool: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: maxPooling(attributes),
  }),
  MaxPoolGrad: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: maxPooling(attributes),
  }),
  AvgPool: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: pooling(attributes),
  }),
  AvgPoolGrad: (writer, { name, inputs: [dy], attributes }) => ({
    inputs: [
      writer.shapeWithBatchOf(name, dy as Tensor, attributes.inputSize),
      writer.ref(dy as Tensor),
    ],
    attributes: pooling(attributes),
  }),

  FusedBatchNormV3: (writer, operation) => {
    const { inputs, attributes } = operation;
    const fold = writer.forOneDnn ? foldOf(inputs[0] as Tensor) : 1;
    if (fold > 1) {
      return foldedNormalization(writer, operation, fold);
    }
    const empty = writer.constant("float32", [], [0]);
    return {
      inputs: [...writer.refs(inputs), empty, empty],
      attributes: {
        ...batchNormalization(attributes.epsilon),
        exponential_avg_factor: { float: 1 },
      },
    };
  },
  FusedBatchNormGradV3: (writer, { inputs, attributes: { epsilon } }) => ({
    inputs: writer.refs(inputs),
    attributes: batchNormalization(epsilon),
  }),
  LRN: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: responses(attributes),
  }),
  LRNGrad: (writer, { inputs: [dy, x, y], attributes }) => ({
    inputs: writer.refs([dy as Tensor, x as Tensor, y as Tensor]),
    attributes: responses(attributes),
  }),
  LeakyRelu: (writer, { inputs, attributes: { alpha } }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, alpha: { float: alpha } },
  }),
  LeakyReluGrad: (writer, { inputs, attributes: { alpha } }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, alpha: { float: alpha } },
  }),

  AddN: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { N: { integer: inputs.length }, T: float },
  }),
  Sum: reduction,
  Mean: reduction,
  ArgMax: (writer, { inputs: [x] }) => ({
    inputs: [writer.ref(x as Tensor), writer.integers([(x as Tensor).shape.length - 1], [])],
    attributes: { T: float, Tidx: int, output_type: int },
  }),
  Cast: (writer, { inputs: [x], attributes: { to } }) => ({
    inputs: [writer.ref(x as Tensor)],
    attributes: {
      SrcT: { type: (x as Tensor).dataType },
      DstT: { type: to },
      Truncate: { boolean: false },
    },
  }),
  Size: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, out_type: int },
  }),
  BroadcastTo: (writer, { name, inputs: [x, like], attributes: { size } }) => ({
    inputs: [writer.ref(x as Tensor), writer.shapeWithBatchOf(name, like as Tensor, size)],
    attributes: { T: float, Tidx: int },
  }),
  Reshape: (writer, { inputs, attributes: { shape } }) => ({
    inputs: [...writer.refs(inputs), writer.integers(shape)],
    attributes: { T: float, Tshape: int },
  }),
  Transpose: (writer, { inputs, attributes: { permutation } }) => ({
    inputs: [...writer.refs(inputs), writer.integers(permutation)],
    attributes: { T: float, Tperm: int },
  }),
  ConcatV2: (writer, { inputs, attributes: { axis } }) => ({
    inputs: [...writer.refs(inputs), writer.integers([axis], [])],
    attributes: { N: { integer: inputs.length }, T: float, Tidx: int },
  }),
  Slice: (writer, { inputs, attributes: { begin, size } }) => ({
    inputs: [...writer.refs(inputs), writer.integers(begin), writer.integers(size)],
    attributes: { T: float, Index: int },
  }),
  StridedSlice: (writer, { inputs, attributes: { begin, end, strides, wholeAxes } }) => ({
    inputs: [
      ...writer.refs(inputs),
      writer.integers(begin),
      writer.integers(end),
      writer.integers(strides),
    ],
    attributes: {
      T: float,
      Index: int,
      begin_mask: bitsOf(wholeAxes),
      end_mask: bitsOf(wholeAxes),
    },
  }),
  CheckNumerics: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, message: { string: notFiniteMark } },
  }),
  PadV2: (writer, { inputs, attributes: { paddings, value } }) => ({
    inputs: [
      ...writer.refs(inputs),
      writer.integers(pairs(paddings), [paddings.length, 2]),
      writer.constant("float32", [value], []),
    ],
    attributes: { T: float, Tpaddings: int },
  }),
  MirrorPad: withPaddings({}),
  MirrorPadGrad: withPaddings({}),
  SpaceToBatchND: (writer, { inputs, attributes: { blockShape, paddings } }) => ({
    inputs: [
      ...writer.refs(inputs),
      writer.integers(blockShape),
      writer.integers(pairs(paddings), [2, 2]),
    ],
    attributes: { T: float, Tblock_shape: int, Tpaddings: int },
  }),
  BatchToSpaceND: (writer, { inputs, attributes: { blockShape, crops } }) => ({
    inputs: [
      ...writer.refs(inputs),
      writer.integers(blockShape),
      writer.integers(pairs(crops), [2, 2]),
    ],
    attributes: { T: float, Tblock_shape: int, Tcrops: int },
  }),
  ResizeNearestNeighbor: resize("size"),
  ResizeNearestNeighborGrad: resize("size"),
  ResizeBilinear: resize("size"),
  ResizeBilinearGrad: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: halfPixels,
  }),
  StatelessRandomUniform: (writer, { name, inputs: [step, like], attributes: { seed, size } }) => ({
    inputs: [
      writer.shapeWithBatchOf(name, like as Tensor, size),
      writer.add(`${name}/seed`, "Pack", {
        inputs: [writer.integers([seed], []), writer.ref(step as Tensor)],
        attributes: { N: { integer: 2 }, T: int, axis: { integer: 0 } },
      }),
    ],
    attributes: { T: int, Tseed: int, dtype: float },
  }),
};
