import type { LayerTime } from "../../protocol/trainer.ts";
import type { Operation } from "../graph/operation.ts";
import type { TrainingGraph } from "../graph/trainingGraph.ts";
import { neededBy } from "./neededBy.ts";

/** The layer that an operation of a training step works for, and in which pass. */
export interface Owner {
  readonly layer: string;
  readonly pass: "forward" | "backward";
}

/** Finds the owner of an operation by its name; the loss, the weights and the optimiser have none. */
export function ownersOf({ layers }: TrainingGraph): (operation: string) => Owner | undefined {
  const owners = new Map<string, Owner>();
  for (const layer of layers) {
    owners.set(`training/${layer}/gradient`, { layer, pass: "backward" });
  }
  // A block's own layer named `gradient` comes before what the block's name alone would mean.
  for (const layer of layers) {
    owners.set(`training/${layer}`, { layer, pass: "forward" });
  }
  return (operation) => owners.get(operation.slice(0, operation.lastIndexOf("/")));
}

/** Adds up what the operations of a step took, by layer. */
export class LayerTimer {
  readonly #ownerOf: (operation: string) => Owner | undefined;
  readonly #times: Map<string, { forward: number; backward: number }>;

  constructor(graph: TrainingGraph) {
    this.#ownerOf = ownersOf(graph);
    this.#times = new Map(graph.layers.map((layer) => [layer, { forward: 0, backward: 0 }]));
  }

  /** Counts milliseconds for the owner of an operation. */
  add(operation: string, milliseconds: number): void {
    const owner = this.#ownerOf(operation);
    const times = owner && this.#times.get(owner.layer);
    if (owner !== undefined && times !== undefined) times[owner.pass] += milliseconds;
  }

  get times(): readonly LayerTime[] {
    return [...this.#times].map(([layer, times]) => ({ layer, ...times }));
  }
}

/**
 * The operations of the forward and the backward pass in their order, cut where another layer or pass begins; without
 * those whose values are there from the beginning.
 */
export function stretchesOf(graph: TrainingGraph): readonly (readonly Operation[])[] {
  const { gradients } = graph.signatures;
  if (gradients === undefined) return [];
  const ownerOf = ownersOf(graph);
  const stretches: Operation[][] = [];
  let before: Owner | undefined;
  for (const operation of neededBy(graph.operations, gradients)) {
    if (isThere(operation)) continue;
    const owner = ownerOf(operation.name);
    const last = stretches.at(-1);
    if (last === undefined || owner !== before) stretches.push([operation]);
    else last.push(operation);
    before = owner;
  }
  return stretches;
}

const isThere = ({ type }: Operation): boolean =>
  type === "Placeholder" || type === "Const" || type === "ReadVariableOp";
