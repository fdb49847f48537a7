/**
 * Messages between the extension host (or the CLI) and the trainer process.
 * They travel as JSON over Node's IPC channel and are checked where they arrive: `parseTrainerEvent`, `parseTrainerRequest`.
 */

/** Which engine a person can want: `auto` takes the native one where it is installed, and WASM otherwise. */
export const engineChoices = ["auto", "tfjs-node", "wasm", "webgpu"] as const;

export type EngineChoice = (typeof engineChoices)[number];

/** What the host asks of the trainer. */
export type TrainerRequest =
  | {
      readonly type: "start";
      /** Text of the design exactly as it stands in the editor. */
      readonly text: string;
      /** Directories to look for the native engine in, best first. */
      readonly engineDirectories: readonly string[];
      /** Absent: `auto`. */
      readonly engine?: EngineChoice;
      /** Folder of this run; made by the trainer. Absent: nothing is written. */
      readonly runDirectory?: string;
      /** Path of the design's file, by which a run is found again and from which paths to data lead; absent where it has none. */
      readonly designFile?: string;
      /** Absent: `train`. `findLearningRate` raises the rate from step to step, says the losses, and suggests one. */
      readonly purpose?: "train" | "findLearningRate";
      /** Overrides for a quick run from the CLI. */
      readonly epochs?: number;
      /** Seconds between two checkpoints within an epoch; absent: `defaultCheckpointSeconds`. */
      readonly checkpointSeconds?: number;
    }
  | {
      /** Goes on with a run from its last checkpoint, or from the start where it has none. */
      readonly type: "resume";
      readonly runDirectory: string;
      readonly engineDirectories: readonly string[];
      /** Absent: the engine that the run began with. */
      readonly engine?: EngineChoice;
      /** Absent: as many as the run began with. */
      readonly epochs?: number;
      readonly checkpointSeconds?: number;
    }
  /** Writes the best weights of a run with the graph that trains them as a SavedModel; answered by an `ExportAnswer`. */
  | { readonly type: "export"; readonly runDirectory: string; readonly target: string }
  /** Ends the training after the current batch, with a checkpoint. */
  | { readonly type: "stop" }
  /** The same; the run waits to be resumed. */
  | { readonly type: "pause" };

/** Seconds between two checkpoints within an epoch; more where writing one takes over a hundredth of that. */
export const defaultCheckpointSeconds = 30;

/** What the trainer is doing before and after the steps. */
export type TrainingPhase =
  | "loadingEngine"
  | "loadingData"
  | "compiling"
  | "training"
  | "evaluating"
  | "saving";

/** Why a training could not start or go on; each has words and a next step in `message`. */
export type TrainingFailureCode =
  | "designHasErrors"
  | "noDataset"
  | "datasetMismatch"
  | "datasetBroken"
  | "weightsUnreadable"
  | "engineMissing"
  | "engineFailed"
  | "unsupportedLayer"
  | "notFinite"
  | "outOfMemory"
  | "diskFailed"
  | "crashed"
  | "internal";

/** One point of the live curves: means over the steps since the last point. */
export interface TrainingPoint {
  /** Steps done so far, counted over all epochs. */
  readonly step: number;
  readonly loss: number;
  /** Share of right answers, 0 to 1. */
  readonly accuracy: number;
  /** Of the last of the steps. */
  readonly learningRate?: number;
  /** The loss of each output by itself, in the order of `started.outputs`; absent where there is one. */
  readonly outputLosses?: readonly number[];
}

/** Loss of a step with a learning rate, smoothed over the steps before. */
export interface RatePoint {
  readonly rate: number;
  readonly loss: number;
}

/** What a step did to the weights of one layer: Euclidean norms over all that are trained. */
export interface LayerStatistics {
  readonly layer: string;
  readonly gradientNorm: number;
  readonly weightNorm: number;
  /** Length of the step, as a share of the length of the weights. */
  readonly updateRatio: number;
}

/** What one layer takes of a step, in milliseconds for a whole batch. */
export interface LayerTime {
  readonly layer: string;
  readonly forward: number;
  /** Of its gradients; what the optimiser takes belongs to no layer. */
  readonly backward: number;
}

/** What a data set asks of a design. */
export interface DataNeeds {
  /** Height, width and channels, or the length of a vector. */
  readonly imageShape: readonly number[];
  readonly classes: number;
}

/** Engine in use, named in the panel. */
export interface EngineDescription {
  /** `tfjs-node`, `wasm` or `webgpu`. */
  readonly name: string;
  /** For example `TensorFlow 2.21.0, CPU, 2 threads`, and why a faster engine is not in use. */
  readonly detail: string;
}

/** Why a training ended without a word before it was done; `interrupted`: whoever had started it is gone. */
export type StopReason = "stopped" | "paused" | "interrupted";

export type EndingReason = "completed" | StopReason;

/** What the trainer says, in this order: phases, started, then points and epochs, then one ending. */
export type TrainerEvent =
  | {
      readonly type: "phase";
      readonly phase: TrainingPhase;
      /** How far it has come, where that is known; `total` 0: of nobody knows how many. */
      readonly progress?: { readonly done: number; readonly total: number };
    }
  | {
      readonly type: "started";
      readonly engine: EngineDescription;
      readonly dataset: string;
      readonly trainingImages: number;
      readonly validationImages: number;
      readonly testImages: number;
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      readonly batchSize: number;
      readonly optimizer: string;
      /** By which the canvas sees whether the design has changed since, as `designMark` of the core has it. */
      readonly design?: string;
      /** What a person should know about this training, for example that images are padded. */
      readonly notes?: readonly string[];
      /** Nodes of the outputs, the main one first; absent where there is one. */
      readonly outputs?: readonly string[];
      /** True where a folder keeps the run, so that it can be paused and resumed. */
      readonly isKept?: boolean;
      /** Where a resumed run goes on; what was said of later steps is void. */
      readonly resumedAt?: { readonly epoch: number; readonly step: number };
    }
  | {
      readonly type: "progress";
      readonly points: readonly TrainingPoint[];
      /** Epoch in progress, from 1. */
      readonly epoch: number;
      readonly step: number;
      readonly imagesPerSecond: number;
      readonly secondsElapsed: number;
      readonly secondsLeft: number;
    }
  | {
      /** A few times a second at most. */
      readonly type: "layers";
      readonly step: number;
      readonly layers: readonly LayerStatistics[];
      /** A layer whose gradient is next to nothing, or far too long. */
      readonly warning?: { readonly kind: "vanishing" | "exploding"; readonly layer: string };
    }
  | {
      /** Means over the steps that were timed so far, as many as fit into a hundredth of the time of a training. */
      readonly type: "times";
      readonly step: number;
      readonly looks: number;
      readonly batchSize: number;
      readonly layers: readonly LayerTime[];
    }
  | { readonly type: "rates"; readonly points: readonly RatePoint[] }
  | {
      readonly type: "epoch";
      readonly epoch: number;
      readonly step: number;
      readonly loss: number;
      readonly accuracy: number;
      /** Absent without a validation split. */
      readonly validationLoss?: number;
      readonly validationAccuracy?: number;
      /** Of its last step. */
      readonly learningRate?: number;
      readonly seconds: number;
    }
  | {
      /** What went wrong or changed without ending the training, for example that the disk is full. */
      readonly type: "notice";
      readonly severity: "information" | "warning";
      /** A sentence for a person. */
      readonly message: string;
    }
  | {
      readonly type: "finished";
      readonly reason: EndingReason;
      readonly epochs: number;
      /** On the data set's own test images; absent when stopped. */
      readonly testLoss?: number;
      readonly testAccuracy?: number;
      /** The epoch whose weights early stopping went back to; absent where the weights are those of the last. */
      readonly bestEpoch?: number;
      /** The learning rate that a search suggests. */
      readonly suggestedRate?: number;
      readonly seconds: number;
      readonly imagesPerSecond: number;
    }
  | {
      readonly type: "failed";
      readonly code: TrainingFailureCode;
      /** A sentence for a person. */
      readonly message: string;
      /** What to do next, for example a command to run. */
      readonly hint?: string;
      /** Where design and data set do not fit: what the design must take and give. */
      readonly needs?: DataNeeds;
    };

/** How an export ended. */
export type ExportAnswer =
  | { readonly type: "exported" }
  | (TrainerEvent & { readonly type: "failed" });
