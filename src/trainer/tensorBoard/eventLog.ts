import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { AppendedFile } from "../appendedFile.ts";
import { type SummaryValue, restartEvent, stepOf, summaryEvent, versionEvent } from "./event.ts";
import { encodeRecord, lengthWhile } from "./tfRecord.ts";

const prefix = "events.out.tfevents.";

/** The event file of a run for TensorBoard, in the folder of the run; it appears with the first values. */
export class EventLog {
  readonly #file: AppendedFile;
  #beginning: readonly Uint8Array[];

  private constructor(file: string, beginning: readonly Uint8Array[]) {
    this.#file = new AppendedFile(file);
    this.#beginning = beginning;
  }

  static create(directory: string): EventLog {
    const seconds = now();
    return new EventLog(fileName(directory, seconds), [versionEvent(seconds)]);
  }

  /** Goes on in a new file, and cuts off what earlier ones have of later steps; throws what the disk says. */
  static goOn(directory: string, step: number): EventLog {
    const earlier = fs
      .readdirSync(directory)
      .filter((name) => name.startsWith(prefix))
      .toSorted();
    for (const name of earlier) {
      cutOff(path.join(directory, name), step);
    }
    // TensorBoard reads the files in the order of their names, which begin with a second.
    const last = Number(earlier.at(-1)?.slice(prefix.length).split(".")[0] ?? 0);
    const seconds = Math.max(now(), last + 1);
    return new EventLog(fileName(directory, seconds), [
      versionEvent(seconds),
      restartEvent(seconds, step + 1),
    ]);
  }

  /** Adds values at a step; throws what the disk says. */
  add(step: number, values: readonly SummaryValue[]): void {
    const events = [...this.#beginning, summaryEvent(now(), step, values)];
    this.#beginning = [];
    this.#file.add(Buffer.concat(events.map((event) => encodeRecord(event))));
  }

  /** Writes what the disk did not take; throws what it says. */
  flush(): void {
    this.#file.add(new Uint8Array());
  }
}

const now = (): number => Date.now() / 1000;

const fileName = (directory: string, seconds: number): string => {
  const second = String(Math.floor(seconds)).padStart(10, "0");
  return path.join(directory, `${prefix}${second}.${os.hostname()}.${process.pid}.0`);
};

function cutOff(file: string, step: number): void {
  const length = lengthWhile(fs.readFileSync(file), (data) => stepOf(data) <= step);
  fs.truncateSync(file, length);
}
