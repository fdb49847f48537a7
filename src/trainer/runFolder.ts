import fs from "node:fs";
import path from "node:path";
import { parseRunRecord } from "../protocol/parseRun.ts";
import { type EpochResult, type MetricsLine, type RunRecord, runFiles } from "../protocol/run.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { diskWords } from "./diskWords.ts";
import { isBetter } from "./isBetter.ts";
import { MetricsLog } from "./metricsLog.ts";
import { type TensorFile, encodeSafetensors } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { writeAtomically } from "./writeAtomically.ts";

/**
 * The folder of one run, by the names of `runFiles`. Whatever is killed whenever, its files can be read.
 * A disk that fails later does not end the training: `takeProblem` has the words.
 */
export class RunFolder {
  readonly #directory: string;
  readonly #metrics: MetricsLog;
  #record: RunRecord;
  #problem: string | undefined;

  private constructor(directory: string, record: RunRecord) {
    this.#directory = directory;
    this.#metrics = new MetricsLog(this.#file(runFiles.metrics));
    this.#record = record;
  }

  /** Makes the folder with the text of the design; throws a `TrainingFailure` where that cannot be. */
  static create(directory: string, text: string, record: RunRecord): RunFolder {
    if (fs.existsSync(path.join(directory, runFiles.record))) {
      throw new TrainingFailure(
        "diskFailed",
        `The folder ${directory} holds a run already.`,
        "Name another folder; a run is never overwritten.",
      );
    }
    try {
      fs.mkdirSync(path.join(directory, runFiles.checkpoints), { recursive: true });
      writeAtomically(path.join(directory, runFiles.design), text);
      writeAtomically(path.join(directory, runFiles.record), asText(record));
    } catch (error) {
      throw new TrainingFailure(
        "diskFailed",
        `The run cannot be written to ${directory}: ${diskWords(error)}.`,
        "Free some space or change the folder's permissions, and start again.",
      );
    }
    return new RunFolder(directory, record);
  }

  /** Why something could not be written since this was last asked. */
  takeProblem(): string | undefined {
    const problem = this.#problem;
    this.#problem = undefined;
    return problem;
  }

  /** Adds what an event says to the metrics, and an ending to the record. */
  record(event: TrainerEvent): void {
    const lines = linesOf(event);
    if (lines.length > 0) {
      this.#try("its metrics", () => this.#metrics.add(lines, { sync: event.type !== "progress" }));
    }
    if (event.type === "finished" || event.type === "failed") {
      this.#update(endingOf(event));
    }
  }

  /** Keeps the checkpoint of an epoch, also as the best one where it is. */
  keepEpoch(result: EpochResult, checkpoint: TensorFile): void {
    const isBest = isBetter(result, this.#record.best);
    this.#try("the checkpoint", () => {
      this.#writeLast(checkpoint);
      if (isBest) {
        this.#lastIsBest();
      }
    });
    this.#update({ last: result, ...(isBest && { best: result }) });
  }

  /** Replaces the last checkpoint by that of a training that was stopped within an epoch. */
  keepStopped(checkpoint: TensorFile): void {
    this.#try("the checkpoint", () => this.#writeLast(checkpoint));
  }

  #writeLast(checkpoint: TensorFile): void {
    writeAtomically(this.#file(runFiles.last), encodeSafetensors(checkpoint));
  }

  #lastIsBest(): void {
    const temporary = `${this.#file(runFiles.best)}.${process.pid}.tmp`;
    fs.rmSync(temporary, { force: true });
    try {
      // Costs nothing: the last checkpoint is never written again, but replaced by another file.
      fs.linkSync(this.#file(runFiles.last), temporary);
    } catch {
      // Not every file system has links.
      writeAtomically(temporary, fs.readFileSync(this.#file(runFiles.last)));
    }
    fs.renameSync(temporary, this.#file(runFiles.best));
  }

  #update(change: Partial<RunRecord>): void {
    this.#try("its state", () => {
      this.#record = { ...this.#record, ...change, name: this.#nameOnDisk() };
      writeAtomically(this.#file(runFiles.record), asText(this.#record));
    });
  }

  /** A person may have renamed the run meanwhile. */
  #nameOnDisk(): string {
    try {
      const text = fs.readFileSync(this.#file(runFiles.record), "utf8");
      return parseRunRecord(text)?.name ?? this.#record.name;
    } catch {
      return this.#record.name;
    }
  }

  #file(name: string): string {
    return path.join(this.#directory, name);
  }

  #try(what: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#problem ??= `${what} could not be written to ${this.#directory}: ${diskWords(error)}`;
    }
  }
}

const asText = (record: RunRecord): string => `${JSON.stringify(record, null, 2)}\n`;

function linesOf(event: TrainerEvent): readonly MetricsLine[] {
  switch (event.type) {
    case "progress":
      return event.points.map((point) => ({ type: "point", epoch: event.epoch, ...point }));
    case "started":
    case "epoch":
    case "finished":
    case "failed":
      return [event];
    case "phase":
      return [];
  }
}

function endingOf(
  event: TrainerEvent & { readonly type: "finished" | "failed" },
): Partial<RunRecord> {
  const endedAt = new Date().toISOString();
  if (event.type === "failed") {
    const { type: _type, ...failure } = event;
    return { status: "failed", endedAt, failure };
  }
  const { reason, seconds, testLoss, testAccuracy } = event;
  return {
    status: reason,
    endedAt,
    seconds,
    ...(testLoss !== undefined && { testLoss }),
    ...(testAccuracy !== undefined && { testAccuracy }),
  };
}
