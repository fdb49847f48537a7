import type { RunRecord, RunStatus } from "../../protocol/run.ts";

/**
 * What became of a run: as its trainer wrote it, `interrupted` also where the trainer ended without a word,
 * `broken` where the folder says too little.
 */
export type RunState = RunStatus | "broken";

/** A run folder as it was read. */
export interface Run {
  /** Absolute path of the folder, by which runs are told apart. */
  readonly directory: string;
  readonly name: string;
  readonly state: RunState;
  readonly startedAt: Date;
  /** Absent where it is broken. */
  readonly record?: RunRecord;
}
