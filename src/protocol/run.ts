import type { TrainingRecipe } from "../core/design/training.ts";
import type {
  EndingReason,
  EngineDescription,
  TrainerEvent,
  TrainingFailureCode,
  TrainingPoint,
} from "./trainer.ts";

/** Names of the files in a run folder. */
export const runFiles = {
  design: "design.cnn.json",
  record: "run.json",
  metrics: "metrics.jsonl",
  checkpoints: "checkpoints",
  best: "checkpoints/best.safetensors",
  last: "checkpoints/last.safetensors",
} as const;

/** How far a run has come, as its trainer wrote it; one that was killed says `running` for ever. */
export type RunStatus = "running" | EndingReason | "failed";

/** Means over an epoch, as in the event of that name. */
export type EpochResult = Pick<
  TrainerEvent & { readonly type: "epoch" },
  "epoch" | "step" | "loss" | "accuracy" | "validationLoss" | "validationAccuracy"
>;

/** What `run.json` holds. */
export interface RunRecord {
  readonly format: 1;
  /** Name of the design at first; a person may give the run another. */
  readonly name: string;
  readonly status: RunStatus;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The process that trains, by which a run that was killed is told from one under way. */
  readonly process: {
    readonly id: number;
    readonly host: string;
    /** ISO 8601; absent where the run was never resumed, so that it is the start of the run. */
    readonly startedAt?: string;
  };
  /** The design's file as seen from the folder of the run, with forward slashes; absent where it has none. */
  readonly designFile?: string;
  readonly recipe: TrainingRecipe;
  /** Mean and deviation of each channel, where they were measured: what the network expects its images to be made to. */
  readonly normalization?: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
  readonly engine: EngineDescription;
  readonly versions: {
    readonly cnnArchitect: string;
    readonly node: string;
    readonly platform: string;
  };
  /** Commit that was checked out where the run is kept. */
  readonly gitCommit?: string;
  /** The last complete epoch. */
  readonly last?: EpochResult;
  /** The epoch of the best checkpoint. */
  readonly best?: EpochResult;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
  /** Seconds of training until the ending. */
  readonly seconds?: number;
  readonly failure?: {
    readonly code: TrainingFailureCode;
    readonly message: string;
    readonly hint?: string;
  };
}

/** One line of `metrics.jsonl`; points are means over the steps since the last one. */
export type MetricsLine =
  | ({
      readonly type: "point";
      readonly epoch: number;
    } & TrainingPoint)
  | (TrainerEvent & { readonly type: "started" | "epoch" | "finished" | "failed" });
