import { t } from "../../core/text/t.ts";
import {
  type SignatureName,
  type TrainingGraph,
  type Variable,
  numbered,
} from "../graph/trainingGraph.ts";
import {
  type Batch,
  EngineError,
  type EngineSession,
  type StepOptions,
  type StepResult,
} from "./engine.ts";
import { LayerTimer } from "./layerTimes.ts";
import { initialValues, valuesFor } from "./variableValues.ts";

/** Signatures that compute; the others only move variables, which `read` and `write` do. */
export const computingSignatures: readonly SignatureName[] = [
  "train_step",
  "train_step_measured",
  "diagnose",
  "evaluate",
  "predict",
  "gradients",
];

/** Values for the inputs of a signature; of an array as many are taken as the batch needs. */
export type Feed = Readonly<Record<string, Float32Array | number>>;

/** Outputs of a signature by name. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** Runs the signatures of one graph and keeps its variables, here or on a device. */
export interface SignatureExecutor {
  /** True where it can be told what each operation took. */
  readonly canTime: boolean;
  /** Tells the timer what each operation took, where it can. */
  call(
    name: SignatureName,
    size: number,
    feed: Feed,
    timer?: LayerTimer,
  ): Outputs | Promise<Outputs>;
  /** A copy of the values of a variable. */
  read(variable: Variable): Float32Array | Promise<Float32Array>;
  /** The values are copied. */
  write(variable: Variable, values: Float32Array): void;
  dispose(): void;
}

/** A session of an engine that runs the graph's own list of operations. */
export class SignatureSession implements EngineSession {
  readonly #graph: TrainingGraph;
  #executor: SignatureExecutor | undefined;

  constructor(graph: TrainingGraph, executor: SignatureExecutor) {
    this.#graph = graph;
    this.#executor = executor;
    for (const slot of graph.slots) {
      executor.write(slot, initialValues(slot));
    }
  }

  get timing(): "inStep" | undefined {
    return this.#executor?.canTime === true ? "inStep" : undefined;
  }

  async setWeights(weights: readonly Float32Array[]): Promise<void> {
    this.#set(this.#graph.weights, weights);
  }

  async getWeights(): Promise<readonly Float32Array[]> {
    return this.#get(this.#graph.weights);
  }

  async setSlots(slots: readonly Float32Array[]): Promise<void> {
    this.#set(this.#graph.slots, slots);
  }

  async getSlots(): Promise<readonly Float32Array[]> {
    return this.#get(this.#graph.slots);
  }

  async trainStep(
    batch: Batch,
    { learningRate, step, measure = false, time = false }: StepOptions,
  ): Promise<StepResult> {
    const name = measure ? "train_step_measured" : "train_step";
    const given = { ...feed(batch), learningRate, step };
    const timer = time && this.#running.canTime ? new LayerTimer(this.#graph) : undefined;
    const result = readStep(await this.#running.call(name, batch.size, given, timer));
    return timer === undefined ? result : { ...result, times: timer.times };
  }

  async evaluate(batch: Batch): Promise<StepResult> {
    return readStep(await this.#running.call("evaluate", batch.size, feed(batch)));
  }

  async predict(images: Float32Array, size: number): Promise<Float32Array> {
    return valueOf(await this.#running.call("predict", size, { x: images }), "scores");
  }

  async gradients(
    batch: Batch,
    step: number,
  ): Promise<{
    readonly loss: number;
    readonly gradients: readonly (Float32Array | undefined)[];
  }> {
    const outputs = await this.#running.call("gradients", batch.size, { ...feed(batch), step });
    return {
      loss: numberOf(outputs, "loss"),
      gradients: this.#graph.weights.map((_, index) => outputs[numbered(index)]),
    };
  }

  async diagnose({ images, size }: Batch, step: number): Promise<Float32Array> {
    return valueOf(await this.#running.call("diagnose", size, { x: images, step }), "finite");
  }

  dispose(): void {
    this.#executor?.dispose();
    this.#executor = undefined;
  }

  get #running(): SignatureExecutor {
    if (this.#executor === undefined) {
      throw new EngineError("failed", t("the session has ended"));
    }
    return this.#executor;
  }

  #set(variables: readonly Variable[], values: readonly Float32Array[]): void {
    for (const [index, variable] of variables.entries()) {
      this.#running.write(variable, valuesFor(variable, values[index]));
    }
  }

  #get(variables: readonly Variable[]): Promise<readonly Float32Array[]> {
    const executor = this.#running;
    return Promise.all(variables.map(async (variable) => executor.read(variable)));
  }
}

const feed = ({ images, labels }: Batch): Feed => ({ x: images, y: labels });

const readStep = (outputs: Outputs): StepResult => ({
  loss: numberOf(outputs, "loss"),
  accuracy: numberOf(outputs, "accuracy"),
  ...(outputs["outputLosses"] && { outputLosses: [...outputs["outputLosses"]] }),
  ...(outputs["statistics"] && { statistics: outputs["statistics"] }),
});

function valueOf(outputs: Outputs, name: string): Float32Array {
  const value = outputs[name];
  if (value === undefined) {
    throw new EngineError("failed", t("the call gave no {0}", name));
  }
  return value;
}

const numberOf = (outputs: Outputs, name: string): number => valueOf(outputs, name)[0] ?? NaN;
