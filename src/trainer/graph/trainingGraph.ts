import type { Weight } from "../../core/layers/layer.ts";
import type { Shape } from "../../core/layers/shape.ts";
import type { Operation, Tensor } from "./operation.ts";

/** A tensor that lives between the calls. */
export interface Variable {
  /** Unique: `c1/kernel` for a weight, `c1/kernel/velocity` for what an optimiser remembers about it. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** What an optimiser remembers about a weight. */
export interface Slot extends Variable {
  /** What each of its values starts with. */
  readonly initial: number;
}

/** A weight of the network, with how it starts. */
export interface WeightVariable extends Variable {
  readonly weight: Weight;
}

/** A function of the graph that can be called: named inputs and outputs, and what has to run besides. */
export interface Signature {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Names of the operations that change variables in this call. */
  readonly updates: readonly string[];
}

/**
 * `train_step` {x, y, learningRate, step} → {loss, accuracy}, with several outputs also {outputLosses}; `evaluate` {x, y} → {loss, accuracy};
 * `train_step_measured` also {statistics}; `diagnose` {x, y, step} → {finite}, where the graph was compiled with it;
 * `predict` {x} → {scores}; `gradients` {x, y, step} → {loss, and one for each trainable weight by its number};
 * `set_weights`, `get_weights`, `set_slots`, `get_slots` by number, as `w0000`.
 */
export type SignatureName =
  | "train_step"
  | "train_step_measured"
  | "diagnose"
  | "evaluate"
  | "predict"
  | "gradients"
  | "set_weights"
  | "get_weights"
  | "set_slots"
  | "get_slots";

/** A network with its recipe as one list of operations that every engine can run. */
export interface TrainingGraph {
  /** In an order in which they can run. */
  readonly operations: readonly Operation[];
  /** In the order of the network. */
  readonly weights: readonly WeightVariable[];
  /** What the optimiser remembers. */
  readonly slots: readonly Slot[];
  readonly signatures: Readonly<Partial<Record<SignatureName, Signature>>>;
  readonly inputShape: Shape;
  readonly classes: number;
  /** Names of the nodes that the outputs belong to, the main one first. */
  readonly outputs: readonly string[];
  /** Names of the weights that `train_step_measured` measures. */
  readonly measured: readonly string[];
  /** Names of the layers that `diagnose` looks at, in the order of the network. */
  readonly layers: readonly string[];
}

/** Name of the n-th weight or slot in a signature. */
export const numbered = (index: number): string => `w${String(index).padStart(4, "0")}`;
