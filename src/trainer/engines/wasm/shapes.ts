import type { Operation, Tensor, TensorShape } from "../../graph/operation.ts";
import { type Operand, nth } from "./kernels/kernel.ts";

/** Names a tensor within its graph. */
export const keyOf = ({ operation, index }: Tensor): string => `${operation}:${index}`;

/** The shape of each tensor that the operations make, for a batch of a size. */
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
      operands.set(keyOf(output), { shape, dataType: output.dataType, count: countOf(shape) });
    }
  }
  return operands;
}

export const countOf = (shape: TensorShape): number =>
  shape.reduce((product, extent) => product * extent, 1);

/** What -1 means in the outputs of an operation. */
function batchOf(operation: Operation, inputs: readonly Operand[], batch: number): number {
  if (operation.type === "Reshape") {
    const known = operation.attributes.shape.filter((extent) => extent !== -1);
    return nth(inputs, 0).count / countOf(known);
  }
  const source = operation.inputs.findIndex(({ shape }) => shape[0] === -1);
  const own = source === -1 ? batch : nth(nth(inputs, source).shape, 0);
  if (operation.type === "SpaceToBatchND") {
    return own * countOf(operation.attributes.blockShape);
  }
  return operation.type === "BatchToSpaceND" ? own / countOf(operation.attributes.blockShape) : own;
}
