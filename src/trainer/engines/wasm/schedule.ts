import type { Operation, OperationOf, OperationType } from "../../graph/operation.ts";
import type { Signature, TrainingGraph } from "../../graph/trainingGraph.ts";
import { neededBy } from "../neededBy.ts";
import { unsupported } from "../unsupported.ts";
import type { Kernel, Missing, Procedure, Task } from "./kernels/kernel.ts";
import { type GivenType, kernels } from "./kernels/kernels.ts";
import { keyOf, type Operand, resolveShapes } from "../shapes.ts";

/** One operation in its turn, and how it is done; `undefined` where its value is there from the beginning. */
export interface Turn {
  readonly operation: Operation;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly procedure: Procedure | undefined;
}

/** What a call of a signature does, in order, for a batch of a size. */
export function schedule(
  graph: TrainingGraph,
  signature: Signature,
  batch: number,
  parts: number,
): readonly Turn[] {
  const operations = neededBy(graph.operations, signature);
  const operands = resolveShapes(operations, batch);
  const operandOf = (key: string): Operand => operands.get(key) as Operand;
  return operations.map((operation): Turn => {
    const inputs = operation.inputs.map((tensor) => operandOf(keyOf(tensor)));
    const outputs = operation.outputs.map((tensor) => operandOf(keyOf(tensor)));
    return {
      operation,
      inputs,
      outputs,
      procedure: procedureOf(operation, { inputs, outputs, parts }),
    };
  });
}

function procedureOf(
  operation: Operation,
  task: Omit<Task<OperationType>, "attributes">,
): Procedure | undefined {
  if (isGiven(operation.type)) {
    return undefined;
  }
  // The table pairs every type with its kernel; TypeScript cannot follow that through the union.
  const kernel = kernels[operation.type] as Kernel<OperationType> | Missing;
  if (typeof kernel === "object") {
    throw unsupported("WASM", operation, kernel.missing);
  }
  const { attributes } = operation as OperationOf<OperationType>;
  try {
    return kernel({ ...task, attributes });
  } catch (error) {
    throw unsupported("WASM", operation, error instanceof Error ? error.message : String(error));
  }
}

const isGiven = (type: OperationType): type is GivenType =>
  type === "Placeholder" || type === "Const" || type === "Size";
