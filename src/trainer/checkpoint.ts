import { t } from "../core/text/t.ts";
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
  file: TensorFile,
  graph: TrainingGraph,
  session: EngineSession,
): Promise<Restored> {
  const from = parseLoopState(file.metadata["state"]);
  if (from === undefined) {
    throw otherVersion(t("it does not say where the training was"));
  }
  const { weights, slots, bestWeights } = valuesOf(graph, file);
  await session.setWeights(weights);
  await session.setSlots(slots);
  return { from, ...(bestWeights && { bestWeights }) };
}

/** The values of a checkpoint in the order of the graph's variables; throws a `TrainingFailure` where they do not fit. */
export function valuesOf(
  graph: TrainingGraph,
  { tensors }: TensorFile,
): {
  readonly weights: readonly Float32Array[];
  readonly slots: readonly Float32Array[];
  readonly bestWeights: readonly Float32Array[] | undefined;
} {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const all = (variables: readonly Variable[], prefix = ""): readonly Float32Array[] =>
    variables.map(({ name, shape }) => {
      const tensor = byName.get(`${prefix}${name}`);
      if (tensor === undefined || tensor.shape.join() !== shape.join()) {
        throw otherVersion(t("it has no {0} of the shape {1}", prefix + name, shape.join(" × ")));
      }
      return tensor.values;
    });
  return {
    weights: all(graph.weights),
    slots: all(graph.slots, slotPrefix),
    bestWeights: tensors.some(({ name }) => name.startsWith(bestPrefix))
      ? all(graph.weights, bestPrefix)
      : undefined,
  };
}

const otherVersion = (why: string): TrainingFailure =>
  new TrainingFailure(
    "diskFailed",
    t(
      "The checkpoint of this run cannot be used: it was written by another version of CNN Architect ({0}).",
      why,
    ),
    t("Its weights can be exported; to train the design further, start a new training."),
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
