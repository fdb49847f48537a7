import type { EpochResult } from "./run.ts";
import type { TrainingPoint } from "./trainer.ts";

/** Several runs side by side. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** What became of them, and what differs in their recipes and designs, a row each; values in the order of the runs. */
  readonly rows: readonly ComparedRow[];
}

/** The curves of one of them. */
export interface ComparedRun {
  readonly name: string;
  readonly stepsPerEpoch: number;
  readonly points: readonly TrainingPoint[];
  readonly epochs: readonly EpochResult[];
}

/** One thing in all runs; an empty value where a run has none. */
export interface ComparedRow {
  readonly name: string;
  readonly values: readonly string[];
}
