import fs from "node:fs";
import path from "node:path";
import { isTraining } from "../native/isTraining.ts";
import { parseMetrics, parseRunRecord } from "../protocol/parseRun.ts";
import { type RunRecord, runFiles } from "../protocol/run.ts";
import { diskWords } from "./diskWords.ts";
import type { LoopState } from "./loopState.ts";
import { thisProcess } from "./newRunRecord.ts";
import { RunFolder } from "./runFolder.ts";
import { type TensorFile, decodeSafetensors } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { t } from "../core/text/t.ts";

/** A run that can go on. */
export interface OpenRun {
  readonly directory: string;
  readonly record: RunRecord;
  /** The design as it was. */
  readonly text: string;
  /** Absent where it was interrupted before the first one. */
  readonly checkpoint?: TensorFile;
}

/** Reads a run to go on with; throws a `TrainingFailure` where that cannot be. Changes nothing. */
export function openRun(directory: string): OpenRun {
  const record = parseRunRecord(read(directory, runFiles.record).toString());
  if (record === undefined) {
    throw new TrainingFailure(
      "diskFailed",
      t(
        "The run in {0} cannot be read: its {1} is broken or of another version of CNN Architect.",
        directory,
        runFiles.record,
      ),
      t("Start a new training."),
    );
  }
  refuseRunning(directory, record);
  const text = read(directory, runFiles.design).toString();
  const last = path.join(directory, runFiles.last);
  return fs.existsSync(last)
    ? { directory, record, text, checkpoint: decode(read(directory, runFiles.last)) }
    : { directory, record, text };
}

/** Takes a run up in this process, from where its loop was. */
export function goOnWith(
  { directory, record }: OpenRun,
  recipe: RunRecord["recipe"],
  engine: RunRecord["engine"],
  from: LoopState | undefined,
): RunFolder {
  const position = from ?? { epoch: 0, step: 0 };
  const { endedAt, testLoss, testAccuracy, seconds, failure, last, best, ...rest } = record;
  const epoch = lastEpoch(directory, position.epoch);
  try {
    return RunFolder.goOn(
      directory,
      {
        ...rest,
        status: "running",
        process: { ...thisProcess(), startedAt: new Date().toISOString() },
        recipe,
        engine,
        ...(epoch !== undefined && { last: epoch }),
        ...(from?.best !== undefined && { best: from.best }),
      },
      position,
    );
  } catch (error) {
    throw new TrainingFailure(
      "diskFailed",
      t("The run in {0} cannot go on: {1}.", directory, diskWords(error)),
      t("Free some space or change the folder's permissions, and resume it again."),
    );
  }
}

function lastEpoch(directory: string, wanted: number): RunRecord["last"] {
  const metrics = path.join(directory, runFiles.metrics);
  const lines = fs.existsSync(metrics) ? parseMetrics(fs.readFileSync(metrics, "utf8")) : [];
  const line = lines.findLast((one) => one.type === "epoch" && one.epoch === wanted);
  if (line?.type !== "epoch") {
    return undefined;
  }
  const { type: _type, seconds: _seconds, ...result } = line;
  return result;
}

function refuseRunning(
  directory: string,
  { status, process: trainer, startedAt }: RunRecord,
): void {
  const { id, host } = trainer;
  const metrics = path.join(directory, runFiles.metrics);
  const lastSign = fs.existsSync(metrics) ? fs.statSync(metrics).mtime : new Date(0);
  const trace = { id, host, startedAt: new Date(trainer.startedAt ?? startedAt), lastSign };
  if (status === "running" && id !== process.pid && isTraining(trace)) {
    throw new TrainingFailure(
      "diskFailed",
      t("The run in {0} is under way in process {1} on {2}.", directory, id, host),
      t("Stop or pause it there first."),
    );
  }
}

function read(directory: string, name: string): Buffer {
  try {
    return fs.readFileSync(path.join(directory, name));
  } catch (error) {
    throw new TrainingFailure(
      "diskFailed",
      t(
        "There is no run that can go on in {0}: {1} cannot be read ({2}).",
        directory,
        name,
        diskWords(error),
      ),
      t("Name the folder of a run, which holds a run.json."),
    );
  }
}

function decode(bytes: Uint8Array): TensorFile {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw new TrainingFailure(
      "diskFailed",
      t(
        "The run cannot go on from {0}: {1}.",
        runFiles.last,
        error instanceof Error ? error.message : String(error),
      ),
      t("Copy {0} over it to go on from the best epoch.", runFiles.best),
    );
  }
}
