import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { parseRunRecord } from "../protocol/parseRun.ts";
import { type EpochResult, type MetricsLine, type RunRecord, runFiles } from "../protocol/run.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { CheckpointFiles } from "./checkpointFiles.ts";
import { diskWords, isLackOfRoom } from "./diskWords.ts";
import { makeRunFolder } from "./makeRunFolder.ts";
import { MetricsLog } from "./metricsLog.ts";
import type { NamedTensor } from "./safetensors.ts";
import { EventLog } from "./tensorBoard/eventLog.ts";
import { histogramOf } from "./tensorBoard/histogram.ts";
import { summariesOf } from "./tensorBoard/summaries.ts";
import { removeAbandoned, writeAtomically } from "./writeAtomically.ts";

/** Milliseconds between two writings of the record that only say how far a run is. */
const recordPause = 1_000;

/** Up to where a run counts when it goes on. */
export interface RunPosition {
  /** Complete epochs. */
  readonly epoch: number;
  readonly step: number;
}

/** What became of writing: `full` where it can be done as soon as there is room. */
export type DiskState = "written" | "full" | "failed";

/**
 * The folder of one run, by the names of `runFiles`. Whatever is killed whenever, its files can be read.
 * A disk that fails later does not end the training: `problem` has the words, and what was not written waits.
 */
export class RunFolder {
  readonly #directory: string;
  readonly #metrics: MetricsLog;
  readonly #events: EventLog;
  readonly #checkpoints: CheckpointFiles;
  #record: RunRecord;
  #isRecordWaiting = false;
  #recordWritten = 0;
  #problem: { readonly words: string; readonly isLackOfRoom: boolean } | undefined;

  private constructor(
    directory: string,
    record: RunRecord,
    { metrics, events }: { readonly metrics: MetricsLog; readonly events: EventLog },
  ) {
    this.#directory = directory;
    this.#metrics = metrics;
    this.#events = events;
    this.#checkpoints = new CheckpointFiles(directory);
    this.#record = record;
  }

  /** Makes the folder with the text of the design; throws a `TrainingFailure` where that cannot be. */
  static create(directory: string, text: string, record: RunRecord): RunFolder {
    makeRunFolder(directory, text, asText(record));
    const metrics = new MetricsLog(metricsOf(directory));
    return new RunFolder(directory, record, { metrics, events: EventLog.create(directory) });
  }

  /** Goes on with a run from a position; what its metrics say of later steps is cut off. Throws what the disk says. */
  static goOn(directory: string, record: RunRecord, { epoch, step }: RunPosition): RunFolder {
    removeAbandoned(path.join(directory, runFiles.checkpoints));
    removeAbandoned(directory);
    writeAtomically(path.join(directory, runFiles.record), asText(record));
    const metrics = MetricsLog.goOn(metricsOf(directory), (line) => {
      switch (line.type) {
        case "point":
          return line.step <= step;
        case "epoch":
          return line.epoch <= epoch;
        case "started":
          return true;
        case "finished":
        case "failed":
          return false;
      }
    });
    return new RunFolder(directory, record, { metrics, events: EventLog.goOn(directory, step) });
  }

  /** Why something could not be written, as long as it waits. */
  get problem(): string | undefined {
    return this.#problem?.words;
  }

  /** Adds what an event says to the metrics, and an ending to the record. */
  record(event: TrainerEvent): void {
    const lines = linesOf(event);
    if (lines.length > 0) {
      this.#try(t("its metrics"), () => this.#metrics.add(lines));
    }
    for (const { step, values } of summariesOf(event)) {
      this.#try(t("its metrics"), () => this.#events.add(step, values));
    }
    if (event.type === "finished" || event.type === "failed") {
      this.#try(t("its metrics"), () => this.#metrics.sync());
      this.#change(endingOf(event));
      this.#try(t("its state"), () => this.#writeRecord());
    }
  }

  /** Says how far the run is. */
  recordEpoch(last: EpochResult, best: EpochResult): void {
    this.#change({ last, best });
    if (performance.now() - this.#recordWritten >= recordPause) {
      this.#try(t("its state"), () => this.#writeRecord());
    }
  }

  /** Has TensorBoard show how weights are spread. */
  recordWeights(step: number, weights: readonly NamedTensor[]): void {
    const values = weights.flatMap(({ name, values: all }) => {
      const histogram = histogramOf(all);
      return histogram === undefined ? [] : [{ tag: `weights/${name}`, histogram }];
    });
    this.#try(t("its metrics"), () => this.#events.add(step, values));
  }

  /** Takes the checkpoint of the best epoch, to be written with the next last one. */
  offerBest(content: Uint8Array): void {
    this.#checkpoints.offerBest(content);
  }

  /** Writes a checkpoint, and whatever waits. Metrics come first, so that they are never behind it. */
  keepCheckpoint(content: Uint8Array): void {
    this.#checkpoints.offerLast(content);
    this.writeWaiting();
  }

  /** Tries to write what waits. */
  writeWaiting(): DiskState {
    this.#problem = undefined;
    this.#try(t("its metrics"), () => {
      this.#metrics.add([]);
      this.#events.flush();
      this.#metrics.sync();
    });
    if (this.#problem === undefined) {
      this.#try(t("the checkpoint"), () => this.#checkpoints.write());
    }
    this.#try(t("its state"), () => this.#writeRecord());
    const problem = this.#problem as { readonly isLackOfRoom: boolean } | undefined;
    if (problem === undefined) {
      return "written";
    }
    return problem.isLackOfRoom ? "full" : "failed";
  }

  #change(change: Partial<RunRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#isRecordWaiting = true;
  }

  #writeRecord(): void {
    if (this.#isRecordWaiting) {
      this.#record = { ...this.#record, name: this.#nameOnDisk() };
      writeAtomically(path.join(this.#directory, runFiles.record), asText(this.#record));
      this.#isRecordWaiting = false;
      this.#recordWritten = performance.now();
    }
  }

  /** A person may have renamed the run meanwhile. */
  #nameOnDisk(): string {
    try {
      const text = fs.readFileSync(path.join(this.#directory, runFiles.record), "utf8");
      return parseRunRecord(text)?.name ?? this.#record.name;
    } catch {
      return this.#record.name;
    }
  }

  #try(what: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#problem ??= {
        words: t("{0} could not be written to {1}: {2}", what, this.#directory, diskWords(error)),
        isLackOfRoom: isLackOfRoom(error),
      };
    }
  }
}

const metricsOf = (directory: string): string => path.join(directory, runFiles.metrics);

const asText = (record: RunRecord): string => `${JSON.stringify(record, null, 2)}\n`;

function linesOf(event: TrainerEvent): readonly MetricsLine[] {
  switch (event.type) {
    case "progress":
      return event.points.map((point) => ({ type: "point", epoch: event.epoch, ...point }));
    case "started":
      // The first line says how the run began; where it went on, nothing of that changed.
      return event.resumedAt === undefined ? [event] : [];
    case "epoch":
    case "finished":
    case "failed":
      return [event];
    case "phase":
    case "notice":
    case "layers":
    case "times":
    case "rates":
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
