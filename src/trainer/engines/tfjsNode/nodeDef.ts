import type { TensorShape } from "../../graph/operation.ts";
import { ProtobufWriter } from "../../protobuf.ts";

/** Element types of TensorFlow that the graph uses, with their numbers in `types.proto`. */
const dataTypes = {
  nothing: 0,
  float32: 1,
  float64: 2,
  int32: 3,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

export type NodeDataType = keyof typeof dataTypes;

/** Value of an attribute of a node (`attr_value.proto`). */
export type AttributeValue =
  | { readonly string: string }
  | { readonly integer: number }
  | { readonly float: number }
  | { readonly boolean: boolean }
  | { readonly type: NodeDataType }
  | { readonly shape: TensorShape }
  | { readonly integers: readonly number[] }
  | {
      readonly tensor: {
        readonly dataType: "float32" | "int32";
        readonly shape: TensorShape;
        readonly values: readonly number[] | Float32Array;
      };
    };

/** One node of a TensorFlow graph (`node_def.proto`). */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:1` for a further output, `^node` to run after it. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A tensor that a signature names (`TensorInfo` in `meta_graph.proto`). */
export interface TensorInfo {
  readonly name: string;
  readonly dataType: NodeDataType;
  readonly shape: TensorShape;
}

/** A function of a SavedModel (`SignatureDef` in `meta_graph.proto`). */
export interface SignatureDef {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
}

/** Graph producer version of TensorFlow 2.9, the oldest that is used. */
const producerVersion = 987;
const minimumConsumer = 12;

/** The content of `saved_model.pb` with one meta graph, tagged `serve`. */
export function encodeSavedModel(
  nodes: readonly NodeDef[],
  signatures: Readonly<Record<string, SignatureDef>>,
): Uint8Array {
  const graph = new ProtobufWriter();
  for (const node of nodes) {
    graph.message(1, encodeNode(node));
  }
  graph.message(4, new ProtobufWriter().integer(1, producerVersion).integer(2, minimumConsumer));
  const information = new ProtobufWriter().string(4, "serve").string(5, "2.9.1");
  const metaGraph = new ProtobufWriter().message(1, information).message(2, graph);
  for (const [name, signature] of Object.entries(signatures)) {
    metaGraph.message(5, entry(name, encodeSignature(signature)));
  }
  return new ProtobufWriter().integer(1, 1).message(2, metaGraph).finish();
}

function encodeNode({ name, op, inputs, attributes }: NodeDef): ProtobufWriter {
  const writer = new ProtobufWriter().string(1, name).string(2, op);
  for (const input of inputs) {
    writer.string(3, input);
  }
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(5, entry(key, encodeAttribute(value)));
  }
  return writer;
}

/** An entry of a map. */
const entry = (key: string, value: ProtobufWriter): ProtobufWriter =>
  new ProtobufWriter().string(1, key).message(2, value);

function encodeAttribute(value: AttributeValue): ProtobufWriter {
  const writer = new ProtobufWriter();
  if ("string" in value) {
    return writer.string(2, value.string);
  }
  if ("integer" in value) {
    return writer.integer(3, value.integer);
  }
  if ("float" in value) {
    return writer.float(4, value.float);
  }
  if ("boolean" in value) {
    return writer.integer(5, value.boolean ? 1 : 0);
  }
  if ("type" in value) {
    return writer.integer(6, dataTypes[value.type]);
  }
  if ("shape" in value) {
    return writer.message(7, encodeShape(value.shape));
  }
  if ("integers" in value) {
    const packed = new ProtobufWriter();
    for (const integer of value.integers) {
      packed.varint(integer);
    }
    return writer.message(1, new ProtobufWriter().message(3, packed));
  }
  const { dataType, shape, values } = value.tensor;
  const data = dataType === "float32" ? Float32Array.from(values) : Int32Array.from(values);
  return writer.message(
    8,
    new ProtobufWriter()
      .integer(1, dataTypes[dataType])
      .message(2, encodeShape(shape))
      .bytes(4, new Uint8Array(data.buffer)),
  );
}

function encodeShape(shape: TensorShape): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const extent of shape) {
    writer.message(2, new ProtobufWriter().integer(1, extent));
  }
  return writer;
}

function encodeSignature({ inputs, outputs }: SignatureDef): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const [key, tensor] of Object.entries(inputs)) {
    writer.message(1, entry(key, encodeTensorInfo(tensor)));
  }
  for (const [key, tensor] of Object.entries(outputs)) {
    writer.message(2, entry(key, encodeTensorInfo(tensor)));
  }
  return writer.string(3, "tensorflow/serving/predict");
}

const encodeTensorInfo = ({ name, dataType, shape }: TensorInfo): ProtobufWriter =>
  new ProtobufWriter()
    .string(1, name)
    .integer(2, dataTypes[dataType])
    .message(3, encodeShape(shape));
