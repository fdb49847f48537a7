import type { EngineDescription, LayerTime } from "../../protocol/trainer.ts";
import type { TrainingGraph } from "../graph/trainingGraph.ts";

/** Images with their labels, as flat arrays; only the first `size` examples count. */
export interface Batch {
  readonly size: number;
  /** `[size, height, width, channels]`. */
  readonly images: Float32Array;
  /** One-hot, `[size, classes]`. */
  readonly labels: Float32Array;
}

/** Means over one batch. */
export interface StepResult {
  readonly loss: number;
  /** Share of right answers, 0 to 1. */
  readonly accuracy: number;
  /** The loss of each output by itself, the main one first; absent where there is one. */
  readonly outputLosses?: readonly number[];
  /** Norms of the gradient, of the weight before the step and of its change, for each of `graph.measured` in turn. */
  readonly statistics?: Float32Array;
  /** What each of `graph.layers` took, where that was asked for and the session can tell. */
  readonly times?: readonly LayerTime[];
}

/** What a step needs besides its images. */
export interface StepOptions {
  readonly learningRate: number;
  /** Number of the step, from 1, counted over the whole run. */
  readonly step: number;
  /** Whether the result has `statistics`, which costs a little. */
  readonly measure?: boolean;
  /** Whether the result has `times`; what that costs is `timing`. */
  readonly time?: boolean;
}

/** A training graph loaded into an engine, with its own weights. Batches may differ in size from call to call. */
export interface EngineSession {
  /**
   * What the times of the layers cost: nothing worth a word, where operations run one by one, or a forward and a
   * backward pass more. Absent: the engine cannot tell them.
   */
  readonly timing?: "inStep" | "extraStep" | undefined;
  /** In the order of `graph.weights`; the arrays are copied. */
  setWeights(weights: readonly Float32Array[]): Promise<void>;
  getWeights(): Promise<readonly Float32Array[]>;
  /** What the optimiser remembers, in the order of `graph.slots`. */
  setSlots(slots: readonly Float32Array[]): Promise<void>;
  getSlots(): Promise<readonly Float32Array[]>;
  /**
   * Forward, backward and update; loss and accuracy are those before the update. Throws an `EngineError` for the reason
   * `notFinite`, with the weights as they were, where the loss is not finite.
   */
  trainStep(batch: Batch, options: StepOptions): Promise<StepResult>;
  evaluate(batch: Batch): Promise<StepResult>;
  /** Scores `[size, classes]`. */
  predict(images: Float32Array, size: number): Promise<Float32Array>;
  /** Gradients in the order of `graph.weights`, `undefined` for what is not trained; changes nothing. */
  gradients(
    batch: Batch,
    step: number,
  ): Promise<{
    readonly loss: number;
    readonly gradients: readonly (Float32Array | undefined)[];
  }>;
  /** One number for each of `graph.layers`: 0 where its output in training is finite, else NaN. For graphs with `diagnose`. */
  diagnose(batch: Batch, step: number): Promise<Float32Array>;
  /** Frees the weights and the graph. */
  dispose(): void;
}

/** What does the training arithmetic. */
export interface TrainingEngine {
  describe(): EngineDescription;
  /** What a person should know about training this graph with it; absent where that is never anything. */
  notesFor?(graph: TrainingGraph): readonly string[];
  load(graph: TrainingGraph): Promise<EngineSession>;
}

/** The engine could not do what was asked; the message is the engine's own. */
export class EngineError extends Error {
  /**
   * `unsupported`: the engine lacks something that the design needs; another one may have it.
   * `notFinite`: the loss of a step is not finite; the weights are as they were before it.
   * `tooLarge`: the batch needs more memory than the engine can ever have; another one may have it.
   */
  readonly reason: "failed" | "outOfMemory" | "unsupported" | "notFinite" | "tooLarge";

  constructor(reason: EngineError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
