import type { Tensor } from "../../graph/operation.ts";
import type { Signature, TrainingGraph, Variable } from "../../graph/trainingGraph.ts";
import { lower } from "./lowerings.ts";
import { type SignatureDef, type TensorInfo, encodeSavedModel } from "./nodeDef.ts";
import { NodeWriter } from "./nodeWriter.ts";
import { addTiming, timingSignature } from "./timing.ts";

/** A training graph as contents of `saved_model.pb`. */
export interface SavedModelContent {
  /** Graph and signatures: what TensorFlow and Python load. */
  readonly whole: Uint8Array;
  /** Each signature in a file without the graph: what tfjs-node reads once TensorFlow has the graph. */
  readonly signatures: ReadonlyMap<string, Uint8Array>;
}

/** What the variables of a graph start with where TensorFlow loads it without us. */
export interface InitialValues {
  /** In the order of `graph.weights` and `graph.slots`. */
  readonly weights: readonly Float32Array[];
  readonly slots: readonly Float32Array[];
}

export interface SavedModelOptions {
  readonly initial?: InitialValues;
  /** Adds the signature `layer_times`. */
  readonly timing?: boolean;
  /** Writes some operations as oneDNN computes them faster, with the same results but for rounding. */
  readonly forOneDnn?: boolean;
}

/** By this name TensorFlow knows what it has to run when it has loaded a SavedModel. */
const initializer = "__saved_model_init_op";

/** Writes a training graph as a SavedModel; needs no TensorFlow. */
export function writeSavedModel(
  graph: TrainingGraph,
  options: SavedModelOptions = {},
): SavedModelContent {
  return new SavedModelWriter(graph, options).write(options);
}

class SavedModelWriter {
  readonly #graph: TrainingGraph;
  readonly #writer: NodeWriter;

  constructor(graph: TrainingGraph, { forOneDnn = false }: SavedModelOptions) {
    this.#graph = graph;
    this.#writer = new NodeWriter(forOneDnn);
  }

  write({ initial, timing = false }: SavedModelOptions): SavedModelContent {
    for (const { name, shape } of [...this.#graph.weights, ...this.#graph.slots]) {
      this.#writer.defineVariable(name, shape);
    }
    for (const operation of this.#graph.operations) {
      this.#writer.define(operation, lower(this.#writer, operation));
    }
    const times = timing ? addTiming(this.#writer, this.#graph) : undefined;
    const signatures = {
      ...mapValues(this.#graph.signatures, (signature, name) => this.#signature(name, signature)),
      ...(times && { [timingSignature]: times }),
    };
    const start = initial && { [initializer]: this.#initializer(initial) };
    return {
      whole: encodeSavedModel(this.#writer.nodes, { ...signatures, ...start }),
      signatures: new Map(
        Object.entries(signatures).map(([name, signature]) => [
          name,
          encodeSavedModel([], { [name]: signature }),
        ]),
      ),
    };
  }

  /** An operation that gives every variable its value; it stands where a signature has tensors. */
  #initializer({ weights, slots }: InitialValues): SignatureDef {
    const variables = [...this.#graph.weights, ...this.#graph.slots];
    const assignments = [...weights, ...slots].map((values, index) => {
      const { name, shape } = variables[index] as Variable;
      const value = this.#writer.add(`${name}/initial`, "Const", {
        inputs: [],
        attributes: {
          dtype: { type: "float32" },
          value: { tensor: { dataType: "float32", shape, values } },
        },
      });
      return this.#writer.add(`${name}/initialize`, "AssignVariableOp", {
        inputs: [this.#writer.handle(name), value],
        attributes: { dtype: { type: "float32" } },
      });
    });
    const all = this.#writer.add("initialize", "NoOp", {
      inputs: assignments.map((assignment) => `^${assignment}`),
      attributes: {},
    });
    return {
      inputs: {},
      outputs: { [initializer]: { name: all, dataType: "nothing", shape: [] } },
    };
  }

  #signature(name: string, { inputs, outputs, updates }: Signature): SignatureDef {
    const after = updates.map((update) => `^${this.#writer.nodeOf(update)}`);
    return {
      inputs: mapValues(inputs, (tensor) => this.#information(this.#writer.ref(tensor), tensor)),
      // TensorFlow runs what the outputs depend on, so they wait for the updates.
      outputs: mapValues(outputs, (tensor, key) =>
        this.#information(
          this.#writer.add(`${name}/${key}`, "Identity", {
            inputs: [this.#writer.ref(tensor), ...after],
            attributes: { T: { type: tensor.dataType } },
          }),
          tensor,
        ),
      ),
    };
  }

  #information(reference: string, { dataType, shape }: Tensor): TensorInfo {
    return { name: reference.includes(":") ? reference : `${reference}:0`, dataType, shape };
  }
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
