import { t } from "../../../core/text/t.ts";
import type { LayerTime } from "../../../protocol/trainer.ts";
import {
  type SignatureName,
  type TrainingGraph,
  type Variable,
  numbered,
} from "../../graph/trainingGraph.ts";
import {
  type Batch,
  EngineError,
  type EngineSession,
  type StepOptions,
  type StepResult,
} from "../engine.ts";
import { LayerTimer, stretchesOf } from "../layerTimes.ts";
import { countOf } from "../shapes.ts";
import { valuesFor } from "../variableValues.ts";
import { asEngineError } from "./asEngineError.ts";
import { timingSignature } from "./timing.ts";

export type Tfjs = typeof import("@tensorflow/tfjs-node");
export type SavedModel = Awaited<ReturnType<Tfjs["node"]["loadSavedModel"]>>;
type NamedTensors = Readonly<Record<string, import("@tensorflow/tfjs-node").Tensor>>;

/** A training graph that TensorFlow has loaded, called by its signatures. */
export class TfjsNodeSession implements EngineSession {
  readonly timing = "extraStep";
  readonly #tf: Tfjs;
  readonly #graph: TrainingGraph;
  readonly #functions: ReadonlyMap<string, SavedModel>;
  /** An operation of each stretch between two marks. */
  #timed: readonly string[] | undefined;

  constructor(tf: Tfjs, graph: TrainingGraph, functions: ReadonlyMap<string, SavedModel>) {
    this.#tf = tf;
    this.#graph = graph;
    this.#functions = functions;
  }

  async setWeights(weights: readonly Float32Array[]): Promise<void> {
    this.#set("set_weights", this.#graph.weights, weights);
  }

  async getWeights(): Promise<readonly Float32Array[]> {
    return this.#get("get_weights", this.#graph.weights);
  }

  async setSlots(slots: readonly Float32Array[]): Promise<void> {
    this.#set("set_slots", this.#graph.slots, slots);
  }

  async getSlots(): Promise<readonly Float32Array[]> {
    return this.#get("get_slots", this.#graph.slots);
  }

  async trainStep(
    batch: Batch,
    { learningRate, step, measure = false, time = false }: StepOptions,
  ): Promise<StepResult> {
    const times = time ? this.#times(batch, step) : undefined;
    const inputs = {
      ...this.#feed(batch),
      learningRate: this.#tf.scalar(learningRate, "float32"),
      step: this.#tf.scalar(step, "int32"),
    };
    const result = this.#call(measure ? "train_step_measured" : "train_step", inputs, readStep);
    return { ...result, ...(times && { times }) };
  }

  /** What the layers take with this batch, each by itself. */
  #times(batch: Batch, step: number): readonly LayerTime[] {
    this.#timed ??= stretchesOf(this.#graph).map(([operation]) => operation?.name ?? "");
    const inputs = { ...this.#feed(batch), step: this.#tf.scalar(step, "int32") };
    const marks = this.#call(timingSignature, inputs, (outputs) => valuesOf(outputs["marks"]));
    const timer = new LayerTimer(this.#graph);
    for (const [index, operation] of this.#timed.entries()) {
      timer.add(operation, 1000 * ((marks[index + 1] ?? NaN) - (marks[index] ?? NaN)));
    }
    return timer.times;
  }

  async evaluate(batch: Batch): Promise<StepResult> {
    return this.#call("evaluate", this.#feed(batch), readStep);
  }

  async predict(images: Float32Array, size: number): Promise<Float32Array> {
    const inputs = { x: this.#tensor(images, [size, ...this.#graph.inputShape]) };
    return this.#call("predict", inputs, ({ scores }) => valuesOf(scores));
  }

  async gradients(
    batch: Batch,
    step: number,
  ): Promise<{
    readonly loss: number;
    readonly gradients: readonly (Float32Array | undefined)[];
  }> {
    const inputs = { ...this.#feed(batch), step: this.#tf.scalar(step, "int32") };
    return this.#call("gradients", inputs, (outputs) => ({
      loss: numberOf(outputs["loss"]),
      gradients: this.#graph.weights.map((_, index) => {
        const gradient = outputs[numbered(index)];
        return gradient === undefined ? undefined : valuesOf(gradient);
      }),
    }));
  }

  async diagnose({ images, size }: Batch, step: number): Promise<Float32Array> {
    const inputs = {
      x: this.#tensor(images, [size, ...this.#graph.inputShape]),
      step: this.#tf.scalar(step, "int32"),
    };
    return this.#call("diagnose", inputs, ({ finite }) => valuesOf(finite));
  }

  dispose(): void {
    for (const signature of this.#functions.values()) {
      signature.dispose();
    }
  }

  #feed({ images, labels, size }: Batch): NamedTensors {
    return {
      x: this.#tensor(images, [size, ...this.#graph.inputShape]),
      y: this.#tensor(labels, [size, this.#graph.classes]),
    };
  }

  #tensor(values: Float32Array, shape: readonly number[]): import("@tensorflow/tfjs-node").Tensor {
    const count = countOf(shape);
    const exact = values.length === count ? values : values.subarray(0, count);
    return this.#tf.tensor(exact, [...shape], "float32");
  }

  #set(name: SignatureName, variables: readonly Variable[], values: readonly Float32Array[]): void {
    if (variables.length === 0) {
      return;
    }
    const inputs = Object.fromEntries(
      variables.map((variable, index) => [
        numbered(index),
        this.#tensor(valuesFor(variable, values[index]), variable.shape),
      ]),
    );
    this.#call(name, inputs, () => undefined);
  }

  #get(name: SignatureName, variables: readonly Variable[]): readonly Float32Array[] {
    return variables.length === 0
      ? []
      : this.#call(name, {}, (outputs) =>
          variables.map((_, index) => valuesOf(outputs[numbered(index)])),
        );
  }

  /** Calls a signature, reads its outputs and frees all tensors of the call. */
  #call<T>(
    name: SignatureName | typeof timingSignature,
    inputs: NamedTensors,
    read: (outputs: NamedTensors) => T,
  ): T {
    const signature = this.#functions.get(name);
    if (signature === undefined) {
      throw new EngineError("failed", t("the graph has no {0}", name));
    }
    let outputs: NamedTensors = {};
    try {
      outputs = signature.predict(inputs) as NamedTensors;
      return read(outputs);
    } catch (error) {
      throw asEngineError(error);
    } finally {
      this.#tf.dispose(inputs);
      this.#tf.dispose(outputs);
    }
  }
}

const readStep = (outputs: NamedTensors): StepResult => ({
  loss: numberOf(outputs["loss"]),
  accuracy: numberOf(outputs["accuracy"]),
  ...(outputs["outputLosses"] && { outputLosses: [...valuesOf(outputs["outputLosses"])] }),
  ...(outputs["statistics"] && { statistics: valuesOf(outputs["statistics"]) }),
});

function valuesOf(tensor: NamedTensors[string] | undefined): Float32Array {
  if (tensor === undefined) {
    throw new EngineError("failed", t("TensorFlow left an output out"));
  }
  return tensor.dataSync<"float32">();
}

const numberOf = (tensor: NamedTensors[string] | undefined): number => valuesOf(tensor)[0] ?? NaN;
