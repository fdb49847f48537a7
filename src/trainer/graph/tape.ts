import type { GraphBuilder } from "./builder.ts";
import type { OperationAttributes, Tensor, TensorShape } from "./operation.ts";

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

/** What the factors of products are rounded to. */
export type ProductType = "float32" | "bfloat16";

/** Operations that multiply and add, which a training spends its time on. */
type Product = "Conv2D" | "Conv2DBackpropInput" | "Conv2DBackpropFilter" | "MatMul";

/** A forward pass under construction that remembers how to go back. */
export class Tape {
  readonly graph: GraphBuilder;
  readonly #productType: ProductType;
  readonly #rounded = new Map<string, Tensor>();
  readonly #entries: Entry[] = [];
  readonly #moving = new Set<string>();

  constructor(graph: GraphBuilder, productType: ProductType = "float32") {
    this.graph = graph;
    this.#productType = productType;
  }

  /** Adds a product of float32 tensors that gives float32; in between it is computed in the type of products. */
  product<K extends Product>(
    type: K,
    factors: readonly Tensor[],
    attributes: OperationAttributes[K],
    shape: TensorShape,
  ): Tensor {
    const dataType = this.#productType;
    const rounded = factors.map((factor) => this.#round(factor));
    const result = this.graph.add(type, rounded, attributes, { shape, dataType });
    return dataType === "float32" ? result : this.graph.cast(result, "float32");
  }

  /** A tensor in the type of products, made once however many products need it. */
  #round(tensor: Tensor): Tensor {
    if (tensor.dataType === this.#productType) {
      return tensor;
    }
    const key = keyOf(tensor);
    const rounded = this.#rounded.get(key) ?? this.graph.cast(tensor, this.#productType);
    this.#rounded.set(key, rounded);
    return rounded;
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
