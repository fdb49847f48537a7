import type { Tensor } from "../../graph/operation.ts";
import type { Signature, TrainingGraph } from "../../graph/trainingGraph.ts";
import { lower } from "./lowerings.ts";
import { type SignatureDef, type TensorInfo, encodeSavedModel } from "./nodeDef.ts";
import { NodeWriter } from "./nodeWriter.ts";

/** A training graph as contents of `saved_model.pb`. */
export interface SavedModelContent {
  /** Graph and signatures: what TensorFlow and Python load. */
  readonly whole: Uint8Array;
  /** Each signature in a file without the graph: what tfjs-node reads once TensorFlow has the graph. */
  readonly signatures: ReadonlyMap<string, Uint8Array>;
}

/** Writes a training graph as a SavedModel; needs no TensorFlow. */
export function writeSavedModel(graph: TrainingGraph): SavedModelContent {
  return new SavedModelWriter(graph).write();
}

class SavedModelWriter {
  readonly #graph: TrainingGraph;
  readonly #writer = new NodeWriter();

  constructor(graph: TrainingGraph) {
    this.#graph = graph;
  }

  write(): SavedModelContent {
    for (const { name, shape } of [...this.#graph.weights, ...this.#graph.slots]) {
      this.#writer.defineVariable(name, shape);
    }
    for (const operation of this.#graph.operations) {
      this.#writer.define(operation, lower(this.#writer, operation));
    }
    const signatures = mapValues(this.#graph.signatures, (signature, name) =>
      this.#signature(name, signature),
    );
    return {
      whole: encodeSavedModel(this.#writer.nodes, signatures),
      signatures: new Map(
        Object.entries(signatures).map(([name, signature]) => [
          name,
          encodeSavedModel([], { [name]: signature }),
        ]),
      ),
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
