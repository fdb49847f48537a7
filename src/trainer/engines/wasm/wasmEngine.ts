import os from "node:os";
import type { EngineDescription } from "../../../protocol/trainer.ts";
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
  type TrainingEngine,
} from "../engine.ts";
import { Executor, type Feed } from "./executor.ts";
import { compileKernels } from "./kernelModule.ts";
import { countOf } from "./shapes.ts";

export interface WasmEngineOptions {
  /** Why a faster engine is not in use. */
  readonly note?: string;
  /** As many as the machine has cores, by default. */
  readonly threads?: number;
}

/** Operations of usual sizes cannot be shared among more. */
const mostThreads = 8;

const usefulThreads = (): number => Math.min(mostThreads, os.availableParallelism());

/** Runs training graphs with kernels of our own in WebAssembly; nothing has to be installed for it. */
export class WasmEngine implements TrainingEngine {
  readonly #module: WebAssembly.Module;
  readonly #note: string | undefined;
  readonly #threads: number;

  /** Throws `EngineError` where the kernels cannot be loaded. */
  constructor({ note, threads = usefulThreads() }: WasmEngineOptions = {}) {
    this.#module = compileKernels();
    this.#note = note;
    this.#threads = threads;
  }

  describe(): EngineDescription {
    const detail = `SIMD, CPU, ${this.#threads} ${this.#threads === 1 ? "thread" : "threads"}`;
    return {
      name: "wasm",
      detail: this.#note === undefined ? detail : `${detail}; ${this.#note}`,
    };
  }

  async load(graph: TrainingGraph): Promise<EngineSession> {
    return new WasmSession(graph, await Executor.load(graph, this.#module, this.#threads));
  }
}

class WasmSession implements EngineSession {
  readonly #graph: TrainingGraph;
  #executor: Executor | undefined;

  constructor(graph: TrainingGraph, executor: Executor) {
    this.#graph = graph;
    this.#executor = executor;
    for (const { name, shape, initial } of graph.slots) {
      if (initial !== 0) {
        executor.write(name, new Float32Array(countOf(shape)).fill(initial));
      }
    }
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
    { learningRate, step, measure = false }: StepOptions,
  ): Promise<StepResult> {
    const name = measure ? "train_step_measured" : "train_step";
    return readStep(this.#call(name, batch.size, { ...feed(batch), learningRate, step }));
  }

  async evaluate(batch: Batch): Promise<StepResult> {
    return readStep(this.#call("evaluate", batch.size, feed(batch)));
  }

  async predict(images: Float32Array, size: number): Promise<Float32Array> {
    return valueOf(this.#call("predict", size, { x: images }), "scores");
  }

  async gradients(
    batch: Batch,
    step: number,
  ): Promise<{
    readonly loss: number;
    readonly gradients: readonly (Float32Array | undefined)[];
  }> {
    const outputs = this.#call("gradients", batch.size, { ...feed(batch), step });
    return {
      loss: numberOf(outputs, "loss"),
      gradients: this.#graph.weights.map((_, index) => outputs[numbered(index)]),
    };
  }

  async diagnose({ images, size }: Batch, step: number): Promise<Float32Array> {
    return valueOf(this.#call("diagnose", size, { x: images, step }), "finite");
  }

  dispose(): void {
    this.#executor?.dispose();
    this.#executor = undefined;
  }

  get #running(): Executor {
    if (this.#executor === undefined) {
      throw new EngineError("failed", "the session has ended");
    }
    return this.#executor;
  }

  #call(name: SignatureName, size: number, given: Feed): Outputs {
    return this.#running.call(name, size, given);
  }

  #set(variables: readonly Variable[], values: readonly Float32Array[]): void {
    for (const [index, { name, shape }] of variables.entries()) {
      const value = values[index];
      if (value?.length !== countOf(shape)) {
        throw new EngineError(
          "failed",
          `${name} needs ${countOf(shape)} values and got ${value?.length ?? 0}`,
        );
      }
      this.#running.write(name, value);
    }
  }

  #get(variables: readonly Variable[]): readonly Float32Array[] {
    return variables.map(({ name }) => this.#running.read(name));
  }
}

type Outputs = Readonly<Record<string, Float32Array>>;

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
    throw new EngineError("failed", `the call gave no ${name}`);
  }
  return value;
}

const numberOf = (outputs: Outputs, name: string): number => valueOf(outputs, name)[0] ?? NaN;
