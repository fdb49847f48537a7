import type { Operation } from "../graph/operation.ts";
import type { Signature } from "../graph/trainingGraph.ts";

/** The operations that a signature depends on, in the order of the graph. */
export function neededBy(
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
