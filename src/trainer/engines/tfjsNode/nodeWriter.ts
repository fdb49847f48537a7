import type { Operation, Tensor, TensorShape } from "../../graph/operation.ts";
import type { AttributeValue, NodeDef } from "./nodeDef.ts";
import type { WideMap } from "./pixelLanes.ts";

/** What TensorFlow wants for one node: inputs in its order, as references, and its attributes. */
export interface NodeContent {
  /** What TensorFlow calls it, where that is not what the training graph calls it. */
  readonly op?: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** Collects the nodes of a TensorFlow graph and knows which node makes which tensor of the training graph. */
export class NodeWriter {
  readonly nodes: NodeDef[] = [];
  /** Whether operations are to be written for oneDNN, at the price of more nodes. */
  readonly forOneDnn: boolean;
  readonly #names = new Map<string, string>();
  readonly #used = new Set<string>();
  readonly #constants = new Map<string, string>();
  readonly #redirected = new Map<string, string>();
  readonly #wide = new Map<string, WideMap>();
  #after: readonly string[] = [];

  constructor(forOneDnn = false) {
    this.forOneDnn = forOneDnn;
  }

  /** Adds a node and returns a reference to its first output. */
  add(name: string, op: string, { inputs, attributes }: NodeContent): string {
    return this.#push(name, op, { inputs: [...inputs, ...this.#after], attributes });
  }

  /** Every node that `make` adds, except constants, waits for this one. */
  afterNode(node: string | undefined, make: () => void): void {
    const before = this.#after;
    this.#after = node === undefined ? [] : [`^${node}`];
    try {
      make();
    } finally {
      this.#after = before;
    }
  }

  /** The node that stands for an operation of the graph. */
  define(operation: Operation, lowered: NodeContent): void {
    const after = operation.after.map((name) => `^${this.nodeOf(name)}`);
    const node = this.add(operation.name, lowered.op ?? operation.type, {
      attributes: lowered.attributes,
      inputs: [...lowered.inputs, ...after],
    });
    this.#names.set(operation.name, node);
  }

  nodeOf(operation: string): string {
    const name = this.#names.get(operation);
    if (name === undefined) {
      throw new Error(`${operation} is used before it is made`);
    }
    return name;
  }

  /** Reference to a tensor of the graph. */
  ref({ operation, index }: Tensor): string {
    const elsewhere = this.#redirected.get(`${operation}:${index}`);
    if (elsewhere !== undefined) {
      return elsewhere;
    }
    const node = this.nodeOf(operation);
    return index === 0 ? node : `${node}:${index}`;
  }

  /** Says that a tensor comes from another node than the one of its operation. */
  redirect({ operation, index }: Tensor, node: string): void {
    this.#redirected.set(`${operation}:${index}`, node);
  }

  /** Remembers the node that has a tensor with neighbouring pixels as channels. */
  keepWide({ operation, index }: Tensor, wide: WideMap): void {
    this.#wide.set(`${operation}:${index}`, wide);
  }

  wideOf({ operation, index }: Tensor): WideMap | undefined {
    return this.#wide.get(`${operation}:${index}`);
  }

  refs(tensors: readonly Tensor[]): readonly string[] {
    return tensors.map((tensor) => this.ref(tensor));
  }

  /** Reference to an int32 constant. */
  integers(values: readonly number[], shape: TensorShape = [values.length]): string {
    return this.constant("int32", values, shape);
  }

  constant(dataType: "float32" | "int32", values: readonly number[], shape: TensorShape): string {
    const key = `${dataType}|${shape.join()}|${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = this.#push(`constant/${this.#constants.size}`, "Const", {
      inputs: [],
      attributes: {
        dtype: { type: dataType },
        value: { tensor: { dataType, shape, values } },
      },
    });
    this.#constants.set(key, made);
    return made;
  }

  /** Reference to the shape `[batch of like, ...size]`. */
  shapeWithBatchOf(scope: string, like: Tensor, size: readonly number[]): string {
    const shape = this.add(`${scope}/shape`, "Shape", {
      inputs: [this.ref(like)],
      attributes: { T: { type: like.dataType }, out_type: int },
    });
    const zero = this.integers([0]);
    const one = this.integers([1]);
    const batch = this.add(`${scope}/batch`, "StridedSlice", {
      inputs: [shape, zero, one, one],
      attributes: { T: int, Index: int },
    });
    return this.add(`${scope}/size`, "ConcatV2", {
      inputs: [batch, this.integers(size), this.integers([0], [])],
      attributes: { N: { integer: 2 }, T: int, Tidx: int },
    });
  }

  /** Reference to the resource handle of a variable. */
  handle(variable: string): string {
    return this.nodeOf(handleKey(variable));
  }

  defineVariable(name: string, shape: TensorShape): void {
    const node = this.add(`${name}/handle`, "VarHandleOp", {
      inputs: [],
      attributes: {
        dtype: { type: "float32" },
        shape: { shape },
        shared_name: { string: name },
        container: { string: "" },
      },
    });
    this.#names.set(handleKey(name), node);
  }

  #push(name: string, op: string, { inputs, attributes }: NodeContent): string {
    const free = this.#free(name);
    this.nodes.push({ name: free, op, inputs, attributes });
    return free;
  }

  /** A node name of the characters that TensorFlow allows, not used before. */
  #free(name: string): string {
    const allowed = name.replaceAll(/[^A-Za-z0-9_.\-/]/gu, "_").replace(/^[^A-Za-z0-9.]/u, ".");
    let free = allowed;
    for (let count = 1; this.#used.has(free); count += 1) {
      free = `${allowed}_${count}`;
    }
    this.#used.add(free);
    return free;
  }
}

const int = { type: "int32" } as const;

const handleKey = (variable: string): string => `variable ${variable}`;
