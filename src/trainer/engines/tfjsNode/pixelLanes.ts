import type { OperationOf, Tensor } from "../../graph/operation.ts";
import type { NodeContent, NodeWriter } from "./nodeWriter.ts";

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;

/** Values that one instruction of AVX-512 takes. */
export const pixelLanes = 16;

/** A map as a node that has `fold` neighbouring pixels of it as channels. */
export interface WideMap {
  readonly node: string;
  readonly fold: number;
}

/** A tensor in its own shape again, which costs nothing; what follows it may take it wide. */
export function unfolded(writer: NodeWriter, tensor: Tensor, wide: WideMap): NodeContent {
  writer.keepWide(tensor, wide);
  return {
    op: "Reshape",
    inputs: [wide.node, writer.integers([-1, ...tensor.shape.slice(1)])],
    attributes: { T: float, Tshape: int },
  };
}

/** One value for each channel, for every pixel that a wide map takes together. */
export const repeated = (writer: NodeWriter, label: string, node: string, fold: number): string =>
  writer.add(label, "Tile", {
    inputs: [node, writer.integers([fold])],
    attributes: { T: float, Tmultiples: int },
  });

/** A ReLU right behind, taken of the wide map: there TensorFlow fuses the two. */
export function foldedRelu(
  writer: NodeWriter,
  { name, inputs: [x], outputs: [y] }: OperationOf<"Relu">,
): NodeContent | undefined {
  const wide = writer.wideOf(x as Tensor);
  if (wide === undefined) return undefined;
  const node = writer.add(`${name}/wide`, "Relu", {
    inputs: [wide.node],
    attributes: { T: float },
  });
  return unfolded(writer, y as Tensor, { ...wide, node });
}

/** A bias right behind likewise. */
export function foldedBias(
  writer: NodeWriter,
  { name, inputs: [x, bias], outputs: [y] }: OperationOf<"BiasAdd">,
): NodeContent | undefined {
  const wide = writer.wideOf(x as Tensor);
  if (wide === undefined) return undefined;
  const biases = repeated(writer, `${name}/biases`, writer.ref(bias as Tensor), wide.fold);
  const node = writer.add(`${name}/wide`, "BiasAdd", {
    inputs: [wide.node, biases],
    attributes: { T: float, data_format: { string: "NHWC" } },
  });
  return unfolded(writer, y as Tensor, { ...wide, node });
}
