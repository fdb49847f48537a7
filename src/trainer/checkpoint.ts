import type { EngineSession } from "./engines/engine.ts";
import type { TrainingGraph, Variable } from "./graph/trainingGraph.ts";
import type { Kept, LoopOptions } from "./loop.ts";
import { parseLoopState } from "./loopState.ts";
import type { NamedTensor, TensorFile } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";

const slotPrefix = "optimizer/";

const bestPrefix = "best/";

/**
 * Weights by their names (`c1/kernel`), what the optimiser remembers (`optimizer/c1/kernel/m`), what early stopping
 * would go back to (`best/c1/kernel`), and where the loop is.
 */
export async function checkpointOf(
  graph: TrainingGraph,
  session: EngineSession,
  { state, weights, bestWeights }: Kept,
): Promise<TensorFile> {
  const slots = await session.getSlots();
  return {
    tensors: [
      ...named(graph.weights, weights),
      ...named(graph.slots, slots, slotPrefix),
      ...(bestWeights === undefined ? [] : named(graph.weights, bestWeights, bestPrefix)),
    ],
    metadata: {
      epoch: String(state.epoch),
      step: String(state.step),
      state: JSON.stringify(state),
    },
  };
}

/** Where a loop was, as `LoopOptions` take it. */
export type Restored = Required<Pick<LoopOptions, "from">> & Pick<LoopOptions, "bestWeights">;

/** Gives a session the weights and the optimiser's memory of a checkpoint; returns where the loop was. */
export async function restore(
  { tensors, metadata }: TensorFile,
  graph: TrainingGraph,
  session: EngineSession,
): Promise<Restored> {
  const state = parseLoopState(metadata["state"]);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const valuesOf = ({ name, shape }: Variable, prefix = ""): Float32Array => {
    const tensor = byName.get(`${prefix}${name}`);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      throw otherVersion(`it has no ${prefix}${name} of the shape ${shape.join(" × ")}`);
    }
    return tensor.values;
  };
  if (state === undefined) {
    throw otherVersion("it does not say where the training was");
  }
  await session.setWeights(graph.weights.map((variable) => valuesOf(variable)));
  await session.setSlots(graph.slots.map((variable) => valuesOf(variable, slotPrefix)));
  const bestWeights = tensors.some(({ name }) => name.startsWith(bestPrefix))
    ? graph.weights.map((variable) => valuesOf(variable, bestPrefix))
    : undefined;
  return { from: state, ...(bestWeights && { bestWeights }) };
}

const otherVersion = (why: string): TrainingFailure =>
  new TrainingFailure(
    "diskFailed",
    `This run cannot go on, because its checkpoint was written by another version of CNN Architect: ${why}.`,
    "Its weights can be exported; to train the design further, start a new training.",
  );

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
