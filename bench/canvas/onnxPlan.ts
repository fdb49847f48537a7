import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { NetworkLayer } from "../../src/core/network/network.ts";

/** One node of an ONNX graph, as writeOnnx.py takes it. */
interface PlannedNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
  /** Initialisers by name and shape. */
  readonly weights: readonly (readonly [name: string, shape: readonly number[]])[];
}

/** A graph with the name and the shape of its input. */
export interface OnnxPlan {
  readonly name: string;
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly output: string;
  readonly nodes: readonly PlannedNode[];
}

const ops: Readonly<Record<string, string>> = {
  conv2d: "Conv",
  batchNormalization: "BatchNormalization",
  activation: "Relu",
  maxPooling2d: "MaxPool",
  averagePooling2d: "AveragePool",
  globalAveragePooling2d: "GlobalAveragePool",
  concatenate: "Concat",
  add: "Add",
  dense: "Gemm",
};

/** The attributes that Netron shows beside the name of an operation come from these. */
function attributesOf(layer: NetworkLayer): PlannedNode["attributes"] {
  const window = layer.inference?.window;
  if (layer.type === "concatenate") return { axis: 1 };
  if (window?.type !== "local") return {};
  const { height, width } = window;
  return {
    kernel_shape: [height.size, width.size],
    strides: [height.stride, width.stride],
    pads: [height.padding, width.padding, height.paddingAfter, width.paddingAfter],
  };
}

function nodeOf(layer: NetworkLayer): PlannedNode {
  const op = ops[layer.type];
  if (op === undefined) throw new Error(`${layer.id}: no ONNX for ${layer.type}`);
  return {
    name: layer.id,
    op,
    inputs: layer.inputs,
    attributes: attributesOf(layer),
    // Keras has the filters last, ONNX first.
    weights: (layer.inference?.weights ?? []).map(({ name, shape }) => [name, shape.toReversed()]),
  };
}

/** The same graph as an ONNX file has it, layer by layer. */
export function onnxPlan(text: string): OnnxPlan {
  const { network } = analyzeText(text);
  const [image, ...layers] = network.layers;
  if (image === undefined) throw new Error("There are no layers.");
  const [height = 1, width = 1, channels = 1] = image.inference?.outputShape ?? [];
  return {
    name: network.name,
    input: { name: image.id, shape: [1, channels, height, width] },
    output: network.outputs[0] ?? "",
    nodes: layers.map(nodeOf),
  };
}
