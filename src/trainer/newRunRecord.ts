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
  readonly recipe: TrainingRecipe;
  readonly engine: EngineDescription;
}

/** The record of a run that starts now in this process. */
export function newRunRecord({ directory, name, recipe, engine }: RunStart): RunRecord {
  const commit = gitCommit(path.dirname(directory));
  return {
    format: 1,
    name,
    status: "running",
    startedAt: new Date().toISOString(),
    process: { id: process.pid, host: os.hostname() },
    recipe,
    engine,
    versions: {
      cnnArchitect: version,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    },
    ...(commit === undefined ? {} : { gitCommit: commit }),
  };
}
