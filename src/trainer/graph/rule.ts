import type { LayerType } from "../../core/layers/layers.ts";
import type { NetworkLayerOf } from "../../core/network/network.ts";
import type { Tensor } from "./operation.ts";
import type { Tape } from "./tape.ts";

/** What the rule of a layer may use besides the layer and its inputs. */
export interface RuleContext {
  readonly tape: Tape;
  readonly mode: "training" | "inference";
  /** Number of the training step, from 1, as an int32 scalar. */
  readonly step: Tensor;
  /** A number of this layer's own, for random operations. */
  readonly seed: number;
  /** The layer's weight of that name. */
  weight(name: string): Tensor;
  /** Moves a weight that is an average towards a value of this batch, after the step: `old · momentum + value · (1 − momentum)`. */
  average(name: string, value: Tensor, momentum: number): void;
}

/** Adds a layer to the graph: its forward pass, and on the tape how its gradient goes back. */
export type LayerRule<K extends LayerType> = (
  context: RuleContext,
  layer: NetworkLayerOf<K>,
  inputs: readonly Tensor[],
) => Tensor;

/** The only input of a layer that has one. */
export function onlyInput(inputs: readonly Tensor[]): Tensor {
  const [input] = inputs;
  if (input === undefined) {
    throw new Error("a layer without its input reached the compiler");
  }
  return input;
}
