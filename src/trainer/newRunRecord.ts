import os from "node:os";
import path from "node:path";
import { version } from "../../package.json";
import type { TrainingRecipe } from "../core/design/training.ts";
import type { RunRecord } from "../protocol/run.ts";
import type { EngineDescription } from "../protocol/trainer.ts";
import { gitCommit } from "./gitCommit.ts";

/** What is known about a run when it starts. */
export interface RunStart {
  /** Folder of the run, made later; the commit is that of the folder around it. */
  readonly directory: string;
  readonly name: string;
  readonly designFile: string | undefined;
  readonly recipe: TrainingRecipe;
  readonly engine: EngineDescription;
  readonly normalization: RunRecord["normalization"] | undefined;
}

/** The record of a run that starts now in this process. */
export function newRunRecord(start: RunStart): RunRecord {
  const { directory, name, designFile, recipe, engine, normalization } = start;
  const commit = gitCommit(path.dirname(directory));
  return {
    format: 1,
    name,
    status: "running",
    startedAt: new Date().toISOString(),
    process: thisProcess(),
    ...(designFile !== undefined && { designFile: seenFrom(directory, designFile) }),
    recipe,
    ...(normalization !== undefined && { normalization }),
    engine,
    versions: {
      cnnArchitect: version,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    },
    ...(commit === undefined ? {} : { gitCommit: commit }),
  };
}

/** By what a process is found again. */
export const thisProcess = (): RunRecord["process"] => ({ id: process.pid, host: os.hostname() });

/** A path that stays right where the folders around both move together. */
const seenFrom = (directory: string, file: string): string =>
  path.relative(directory, file).replaceAll(path.sep, "/");
