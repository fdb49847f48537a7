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
  TensorShape,
} from "../../graph/operation.ts";
import type { Signature, TrainingGraph } from "../../graph/trainingGraph.ts";
import {
  type AttributeValue,
  type NodeDataType,
  type NodeDef,
  type SignatureDef,
  type TensorInfo,
  encodeSavedModel,
} from "./nodeDef.ts";

/** A training graph as contents of `saved_model.pb`. */
export interface SavedModelContent {
  /** Graph and signatures: what TensorFlow and Python load. */
  readonly whole: Uint8Array;
  /** Each signature in a file without the graph: what tfjs-node reads once TensorFlow has the graph. */
  readonly signatures: ReadonlyMap<string, Uint8Array>;
}

/** Writes a training graph as a SavedModel; needs no TensorFlow. */
export function writeSavedModel(graph: TrainingGraph): SavedModelContent {
  return new SavedModelWriter(graph).write();
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** What TensorFlow wants for one operation: inputs in its order, as references, and its attributes. */
interface Lowered {
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

type Lowering<K extends OperationType> = (writer: NodeWriter, operation: OperationOf<K>) => Lowered;

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;
const channelsLast = { data_format: { string: "NHWC" } } as const;

class NodeWriter {
  readonly nodes: NodeDef[] = [];
  readonly #names = new Map<string, string>();
  readonly #used = new Set<string>();
  readonly #constants = new Map<string, string>();

  /** Adds a node and returns a reference to its first output. */
  add(name: string, op: string, { inputs, attributes }: Lowered): string {
    const free = this.#free(name);
    this.nodes.push({ name: free, op, inputs, attributes });
    return free;
  }

  /** The node that stands for an operation of the graph. */
  define(operation: Operation, lowered: Lowered): void {
    const after = operation.after.map((name) => `^${this.nodeOf(name)}`);
    const node = this.add(operation.name, operation.type, {
      ...lowered,
      inputs: [...lowered.inputs, ...after],
    });
    this.#names.set(operation.name, node);
  }

  nodeOf(operation: string): string {
    const name = this.#names.get(operation);
    if (name === undefined) {
      throw new Error(`${operation} is used before it is made`);
    }
    return name;
  }

  /** Reference to a tensor of the graph. */
  ref({ operation, index }: Tensor): string {
    const node = this.nodeOf(operation);
    return index === 0 ? node : `${node}:${index}`;
  }

  refs(tensors: readonly Tensor[]): readonly string[] {
    return tensors.map((tensor) => this.ref(tensor));
  }

  /** Reference to an int32 constant. */
  integers(values: readonly number[], shape: TensorShape = [values.length]): string {
    return this.constant("int32", values, shape);
  }

  constant(dataType: "float32" | "int32", values: readonly number[], shape: TensorShape): string {
    const key = `${dataType}|${shape.join()}|${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = this.add(`constant/${this.#constants.size}`, "Const", {
      inputs: [],
      attributes: {
        dtype: { type: dataType },
        value: { tensor: { dataType, shape, values } },
      },
    });
    this.#constants.set(key, made);
    return made;
  }

  /** Reference to the shape `[batch of like, ...size]`. */
  shapeWithBatchOf(scope: string, like: Tensor, size: readonly number[]): string {
    const shape = this.add(`${scope}/shape`, "Shape", {
      inputs: [this.ref(like)],
      attributes: { T: { type: like.dataType }, out_type: int },
    });
    const zero = this.integers([0]);
    const one = this.integers([1]);
    const batch = this.add(`${scope}/batch`, "StridedSlice", {
      inputs: [shape, zero, one, one],
      attributes: { T: int, Index: int, ...masks({}) },
    });
    return this.add(`${scope}/size`, "ConcatV2", {
      inputs: [batch, this.integers(size), this.integers([0], [])],
      attributes: { N: { integer: 2 }, T: int, Tidx: int },
    });
  }

  /** Reference to the resource handle of a variable. */
  handle(variable: string): string {
    return this.nodeOf(handleKey(variable));
  }

  defineVariable(name: string, shape: TensorShape): void {
    const node = this.add(`${name}/handle`, "VarHandleOp", {
      inputs: [],
      attributes: {
        dtype: float,
        shape: { shape },
        shared_name: { string: name },
        container: { string: "" },
      },
    });
    this.#names.set(handleKey(name), node);
  }

  /** A node name of the characters that TensorFlow allows, not used before. */
  #free(name: string): string {
    const allowed = name.replaceAll(/[^A-Za-z0-9_.\-/]/gu, "_").replace(/^[^A-Za-z0-9.]/u, ".");
    let free = allowed;
    for (let count = 1; this.#used.has(free); count += 1) {
      free = `${allowed}_${count}`;
    }
    this.#used.add(free);
    return free;
  }
}

const handleKey = (variable: string): string => `variable ${variable}`;

class SavedModelWriter {
  readonly #graph: TrainingGraph;
  readonly #writer = new NodeWriter();

  constructor(graph: TrainingGraph) {
    this.#graph = graph;
  }

  write(): SavedModelContent {
    for (const { name, shape } of [...this.#graph.weights, ...this.#graph.slots]) {
      this.#writer.defineVariable(name, shape);
    }
    for (const operation of this.#graph.operations) {
      this.#writer.define(operation, lower(this.#writer, operation));
    }
    const signatures = mapValues(this.#graph.signatures, (signature, name) =>
      this.#signature(name, signature),
    );
    return {
      whole: encodeSavedModel(this.#writer.nodes, signatures),
      signatures: new Map(
        Object.entries(signatures).map(([name, signature]) => [
          name,
          encodeSavedModel([], { [name]: signature }),
        ]),
      ),
    };
  }

  #signature(name: string, { inputs, outputs, updates }: Signature): SignatureDef {
    const after = updates.map((update) => `^${this.#writer.nodeOf(update)}`);
    return {
      inputs: mapValues(inputs, (tensor) => this.#information(this.#writer.ref(tensor), tensor)),
      // TensorFlow runs what the outputs depend on, so they wait for the updates.
      outputs: mapValues(outputs, (tensor, key) =>
        this.#information(
          this.#writer.add(`${name}/${key}`, "Identity", {
            inputs: [this.#writer.ref(tensor), ...after],
            attributes: { T: { type: tensor.dataType } },
          }),
          tensor,
        ),
      ),
    };
  }

  #information(reference: string, { dataType, shape }: Tensor): TensorInfo {
    return { name: reference.includes(":") ? reference : `${reference}:0`, dataType, shape };
  }
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function lower(writer: NodeWriter, operation: Operation): Lowered {
  // The table pairs every type with its lowering; TypeScript cannot follow that through the union.
  const lowering = lowerings[operation.type] as Lowering<OperationType>;
  return lowering(writer, operation);
}

const elementwise: Lowering<OperationType> = (writer, { inputs }) => ({
  inputs: writer.refs(inputs),
  attributes: { T: { type: inputs[0]?.dataType ?? "float32" } },
});

const window = ([height, width]: Pair): AttributeValue => ({ integers: [1, height, width, 1] });

const convolution = ({ strides, padding }: ConvolutionAttributes): Attributes => ({
  T: float,
  ...channelsLast,
  strides: window(strides),
  padding: { string: padding },
  dilations: window([1, 1]),
  explicit_paddings: { integers: [] },
});

const plainConvolution = (attributes: ConvolutionAttributes): Attributes => ({
  ...convolution(attributes),
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

/** Bits for the axes that `StridedSlice` takes whole. */
function masks({ whole = 0 }: { readonly whole?: number }): Attributes {
  return {
    begin_mask: { integer: whole },
    end_mask: { integer: whole },
    ellipsis_mask: { integer: 0 },
    new_axis_mask: { integer: 0 },
    shrink_axis_mask: { integer: 0 },
  };
}

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

const assignment: Lowering<"ReadVariableOp" | "AssignVariableOp" | "AssignSubVariableOp"> = (
  writer,
  { inputs, attributes: { variables } },
) => ({ inputs: variableInputs(writer, variables, inputs), attributes: { dtype: float } });

const unlocked = { T: float, use_locking: { boolean: false } } as const;

const backpropInput: Lowering<"Conv2DBackpropInput" | "DepthwiseConv2dNativeBackpropInput"> = (
  writer,
  { name, type, inputs: [kernel, dy], attributes },
) => ({
  inputs: [
    writer.shapeWithBatchOf(name, dy as Tensor, attributes.inputSize),
    ...writer.refs([kernel as Tensor, dy as Tensor]),
  ],
  attributes:
    type === "Conv2DBackpropInput" ? plainConvolution(attributes) : convolution(attributes),
});

const backpropFilter: Lowering<"Conv2DBackpropFilter" | "DepthwiseConv2dNativeBackpropFilter"> = (
  writer,
  { type, inputs: [x, dy], attributes },
) => ({
  inputs: [
    writer.ref(x as Tensor),
    writer.integers(attributes.kernelShape),
    writer.ref(dy as Tensor),
  ],
  attributes:
    type === "Conv2DBackpropFilter" ? plainConvolution(attributes) : convolution(attributes),
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
  Relu: elementwise,
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

  ReadVariableOp: assignment,
  AssignVariableOp: assignment,
  AssignSubVariableOp: assignment,
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

  Conv2D: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: plainConvolution(attributes),
  }),
  Conv2DBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
  DepthwiseConv2dNative: (writer, { inputs, attributes }) => ({
    inputs: writer.refs(inputs),
    attributes: convolution(attributes),
  }),
  DepthwiseConv2dNativeBackpropInput: backpropInput,
  DepthwiseConv2dNativeBackpropFilter: backpropFilter,
  BiasAdd: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, ...channelsLast },
  }),
  BiasAddGrad: (writer, { inputs }) => ({
    inputs: writer.refs(inputs),
    attributes: { T: float, ...channelsLast },
  }),
  MatMul: (writer, { inputs, attributes: { transposeA, transposeB } }) => ({
    inputs: writer.refs(inputs),
    attributes: {
      T: float,
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

  FusedBatchNormV3: (writer, { inputs, attributes: { epsilon } }) => {
    const empty = writer.constant("float32", [], [0]);
    return {
      inputs: [...writer.refs(inputs), empty, empty],
      attributes: { ...batchNormalization(epsilon), exponential_avg_factor: { float: 1 } },
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
      ...masks({ whole: wholeAxes.reduce((bits, axis) => bits | (1 << axis), 0) }),
    },
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
