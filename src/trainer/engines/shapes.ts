import type { Operation, PlainDataType, Tensor, TensorShape } from "../graph/operation.ts";

/** A tensor with a known batch. */
export interface Operand {
  readonly shape: TensorShape;
  readonly dataType: PlainDataType;
  /** Number of values, each of four bytes. */
  readonly count: number;
}

/** Names a tensor within its graph. */
export const keyOf = ({ operation, index }: Tensor): string => `${operation}:${index}`;

/** The shape of each tensor that the operations make, for a batch of a size; none of them is bfloat16. */
export function resolveShapes(
  operations: readonly Operation[],
  batch: number,
): ReadonlyMap<string, Operand> {
  const operands = new Map<string, Operand>();
  for (const operation of operations) {
    const inputs = operation.inputs.map((tensor) => operands.get(keyOf(tensor)) as Operand);
    const first = batchOf(operation, inputs, batch);
    for (const output of operation.outputs) {
      const shape = output.shape.map((extent) => (extent === -1 ? first : extent));
      const dataType = output.dataType as PlainDataType;
      operands.set(keyOf(output), { shape, dataType, count: countOf(shape) });
    }
  }
  return operands;
}

export const countOf = (shape: TensorShape): number =>
  shape.reduce((product, extent) => product * extent, 1);

const countAt = (operands: readonly Operand[], index: number): number =>
  operands[index]?.count ?? 0;

/** What -1 means in the outputs of an operation. */
function batchOf(operation: Operation, inputs: readonly Operand[], batch: number): number {
  if (operation.type === "Reshape") {
    const known = operation.attributes.shape.filter((extent) => extent !== -1);
    return countAt(inputs, 0) / countOf(known);
  }
  const source = operation.inputs.findIndex(({ shape }) => shape[0] === -1);
  const own = source === -1 ? batch : (inputs[source]?.shape[0] ?? batch);
  if (operation.type === "SpaceToBatchND") {
    return own * countOf(operation.attributes.blockShape);
  }
  return operation.type === "BatchToSpaceND" ? own / countOf(operation.attributes.blockShape) : own;
}
