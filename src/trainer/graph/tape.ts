import type { GraphBuilder } from "./builder.ts";
import type { Tensor } from "./operation.ts";

/** One input of a function, and what the gradient of the function's output means for it. */
export interface Differential {
  readonly of: Tensor;
  /** Gradient of the loss with respect to `of`, in its shape, from that of the output. */
  gradient(dy: Tensor): Tensor;
}

/** Where the backward pass begins. */
export interface TapeEnd {
  readonly from: Tensor;
  /** Gradient of the loss with respect to `from`. */
  readonly gradient: Tensor;
}

interface Entry {
  readonly scope: string;
  readonly output: Tensor;
  readonly sources: readonly Differential[];
}

/** A forward pass under construction that remembers how to go back. */
export class Tape {
  readonly graph: GraphBuilder;
  readonly #entries: Entry[] = [];
  readonly #moving = new Set<string>();

  constructor(graph: GraphBuilder) {
    this.graph = graph;
  }

  /** Says that the loss is to be differentiated with respect to this tensor. */
  watch(tensor: Tensor): void {
    this.#moving.add(keyOf(tensor));
  }

  /** Remembers how `output` depends on its sources; sources that no watched tensor reaches are dropped. */
  record(output: Tensor, sources: readonly Differential[]): Tensor {
    const moving = sources.filter(({ of }) => this.#moving.has(keyOf(of)));
    if (moving.length > 0) {
      this.#moving.add(keyOf(output));
      this.#entries.push({ scope: this.graph.scope, output, sources: moving });
    }
    return output;
  }

  /**
   * Adds the backward pass: from the gradients with respect to the ends to that with respect to every watched tensor.
   * Returns a look-up that is `undefined` for tensors that do not reach an end.
   */
  reverse(ends: readonly TapeEnd[]): (tensor: Tensor) => Tensor | undefined {
    const arriving = new Map<string, Tensor[]>();
    for (const { from, gradient } of ends) {
      append(arriving, keyOf(from), gradient);
    }
    for (const { scope, output, sources } of this.#entries.toReversed()) {
      const gradients = arriving.get(keyOf(output));
      if (gradients !== undefined) {
        this.graph.within(`${scope}/gradient`, () => {
          const dy = this.graph.sum(gradients);
          arriving.set(keyOf(output), [dy]);
          for (const source of sources) {
            append(arriving, keyOf(source.of), source.gradient(dy));
          }
        });
      }
    }
    return (tensor) => this.#total(arriving.get(keyOf(tensor)));
  }

  #total(gradients: readonly Tensor[] | undefined): Tensor | undefined {
    return gradients === undefined ? undefined : this.graph.sum(gradients);
  }
}

const keyOf = (tensor: Tensor): string => `${tensor.operation}:${tensor.index}`;

function append(lists: Map<string, Tensor[]>, key: string, tensor: Tensor): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [tensor]);
  } else {
    list.push(tensor);
  }
}

/** Computes once, however many sources ask: for operations that make several gradients together. */
export function shared<T>(make: (dy: Tensor) => T): (dy: Tensor) => T {
  let made: T | undefined;
  return (dy) => {
    made ??= make(dy);
    return made;
  };
}
