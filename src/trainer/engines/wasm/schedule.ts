import type { Operation, OperationOf, OperationType } from "../../graph/operation.ts";
import type { Signature, TrainingGraph } from "../../graph/trainingGraph.ts";
import { EngineError } from "../engine.ts";
import type { Kernel, Missing, Operand, Procedure, Task } from "./kernels/kernel.ts";
import { type GivenType, kernels } from "./kernels/kernels.ts";
import { keyOf, resolveShapes } from "./shapes.ts";

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

/** The operations that a signature depends on, in the order of the graph. */
function neededBy(
  operations: readonly Operation[],
  { outputs, updates }: Signature,
): readonly Operation[] {
  const needed = new Set([...updates, ...Object.values(outputs).map(({ operation }) => operation)]);
  for (const { name, inputs, after } of operations.toReversed()) {
    if (needed.has(name)) {
      for (const { operation } of inputs) needed.add(operation);
      for (const other of after) needed.add(other);
    }
  }
  return operations.filter(({ name }) => needed.has(name));
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
    throw unsupported(operation, kernel.missing);
  }
  const { attributes } = operation as OperationOf<OperationType>;
  try {
    return kernel({ ...task, attributes });
  } catch (error) {
    throw unsupported(operation, error instanceof Error ? error.message : String(error));
  }
}

const isGiven = (type: OperationType): type is GivenType =>
  type === "Placeholder" || type === "Const" || type === "Size";

function unsupported({ name, type }: Operation, reason: string): EngineError {
  // Names are `training/layer/gradient/type_number`.
  const layer = name
    .split("/")
    .slice(0, -1)
    .filter((part) => !["training", "inference", "gradient"].includes(part))
    .join("/");
  return new EngineError(
    "unsupported",
    `The WASM engine cannot train ${layer === "" ? "this design" : layer}: it lacks ${reason} (${type}).`,
  );
}
