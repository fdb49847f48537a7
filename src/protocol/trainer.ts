/**
 * Messages between the extension host (or the CLI) and the trainer process.
 * They travel as JSON over Node's IPC channel and are checked where they arrive: `parseTrainerEvent`, `parseTrainerRequest`.
 */

/** Which engine a person wants: `auto` takes the native one where it is installed, and WASM otherwise. */
export type EngineChoice = "auto" | "tfjs-node" | "wasm";

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
      /** Overrides for a quick run from the CLI. */
      readonly epochs?: number;
    }
  | { readonly type: "stop" };

/** What the trainer is doing before and after the steps. */
export type TrainingPhase =
  | "loadingEngine"
  | "loadingData"
  | "compiling"
  | "training"
  | "evaluating";

/** Why a training could not start or go on; each has words and a next step in `message`. */
export type TrainingFailureCode =
  | "designHasErrors"
  | "noDataset"
  | "datasetMismatch"
  | "datasetBroken"
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
}

/** Engine in use, named in the panel. */
export interface EngineDescription {
  /** `tfjs-node` or `wasm`. */
  readonly name: string;
  /** For example `TensorFlow 2.21.0, CPU, 2 threads`, and why a faster engine is not in use. */
  readonly detail: string;
}

/** What the trainer says, in this order: phases, started, then points and epochs, then one ending. */
export type TrainerEvent =
  | { readonly type: "phase"; readonly phase: TrainingPhase }
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
      /** What a person should know about this training, for example that images are padded. */
      readonly notes?: readonly string[];
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
      /** What went wrong without ending the training, for example that the run could not be written to disk. */
      readonly warning?: string;
    }
  | {
      readonly type: "finished";
      readonly reason: "completed" | "stopped";
      readonly epochs: number;
      /** On the data set's own test images; absent when stopped. */
      readonly testLoss?: number;
      readonly testAccuracy?: number;
      /** The epoch whose weights early stopping went back to; absent where the weights are those of the last. */
      readonly bestEpoch?: number;
      readonly seconds: number;
      readonly imagesPerSecond: number;
      /** As in an epoch: what went wrong without ending the training. */
      readonly warning?: string;
    }
  | {
      readonly type: "failed";
      readonly code: TrainingFailureCode;
      /** A sentence for a person. */
      readonly message: string;
      /** What to do next, for example a command to run. */
      readonly hint?: string;
    };
