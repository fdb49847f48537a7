import type { EngineSession } from "./engines/engine.ts";
import type { TrainingGraph, Variable } from "./graph/trainingGraph.ts";
import type { NamedTensor, TensorFile } from "./safetensors.ts";

/** Weights by their names (`c1/kernel`) and what the optimiser remembers of them (`optimizer/c1/kernel/m`), after a step. */
export async function checkpointOf(
  graph: TrainingGraph,
  session: EngineSession,
  weights: readonly Float32Array[],
  { epoch, step }: { readonly epoch: number; readonly step: number },
): Promise<TensorFile> {
  const slots = await session.getSlots();
  return {
    tensors: [...named(graph.weights, weights), ...named(graph.slots, slots, "optimizer/")],
    metadata: { epoch: String(epoch), step: String(step) },
  };
}

const named = (
  variables: readonly Variable[],
  values: readonly Float32Array[],
  prefix = "",
): readonly NamedTensor[] =>
  variables.map(({ name, shape }, index) => ({
    name: `${prefix}${name}`,
    shape,
    values: values[index] ?? new Float32Array(),
  }));
