import fs from "node:fs";
import path from "node:path";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { type TensorFile, encodeSafetensors } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { writeAtomically } from "./writeAtomically.ts";

/** What is known about a run when it starts. */
export interface RunDescription {
  /** Text of the design as it was. */
  readonly text: string;
  /** Recipe, engine, versions: anything that JSON holds. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The folder of one run: `design.cnn.json`, `run.json`, `metrics.jsonl` (one line a point, epoch and ending) and
 * `checkpoints/last.safetensors`. A disk that fails later does not end the training: `problem` has the words.
 */
export class RunFolder {
  readonly #directory: string;
  #problem: string | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the folder; throws a `TrainingFailure` where the disk does not let it. */
  static create(directory: string, { text, details }: RunDescription): RunFolder {
    try {
      fs.mkdirSync(path.join(directory, "checkpoints"), { recursive: true });
      writeAtomically(path.join(directory, "design.cnn.json"), text);
      writeAtomically(path.join(directory, "run.json"), `${JSON.stringify(details, null, 2)}\n`);
    } catch (error) {
      throw new TrainingFailure(
        "diskFailed",
        `The run cannot be written to ${directory}: ${diskWords(error)}.`,
        "Free some space or change the folder's permissions, and start again.",
      );
    }
    return new RunFolder(directory);
  }

  /** Why something could not be written since this was last asked. */
  takeProblem(): string | undefined {
    const problem = this.#problem;
    this.#problem = undefined;
    return problem;
  }

  /** Adds what an event says to `metrics.jsonl`. */
  record(event: TrainerEvent): void {
    const lines = linesOf(event);
    if (lines.length > 0) {
      this.#try("its metrics", () => {
        const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
        fs.appendFileSync(path.join(this.#directory, "metrics.jsonl"), text);
      });
    }
  }

  /** Replaces the last checkpoint. */
  saveCheckpoint(checkpoint: TensorFile): void {
    this.#try("the checkpoint", () =>
      writeAtomically(
        path.join(this.#directory, "checkpoints", "last.safetensors"),
        encodeSafetensors(checkpoint),
      ),
    );
  }

  #try(what: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#problem ??= `${what} could not be written to ${this.#directory}: ${diskWords(error)}`;
    }
  }
}

function linesOf(event: TrainerEvent): readonly object[] {
  switch (event.type) {
    case "progress":
      return event.points.map((point) => ({ type: "point", epoch: event.epoch, ...point }));
    case "epoch":
    case "finished":
    case "failed":
      return [event];
    case "phase":
    case "started":
      return [];
  }
}

function diskWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EACCES":
    case "EPERM":
      return "there is no permission";
    case "EROFS":
      return "the disk is read-only";
    case "ENOENT":
      return "the folder is gone";
    case undefined:
      return message;
    default:
      return code;
  }
}
