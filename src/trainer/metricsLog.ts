import fs from "node:fs";
import { parseMetrics } from "../protocol/parseRun.ts";
import type { MetricsLine } from "../protocol/run.ts";
import { syncFile, writeAtomically } from "./writeAtomically.ts";

/**
 * The lines of `metrics.jsonl`. What the disk did not take is written with the next lines,
 * and half a line that it took is cut off first, so that the file has no gap and no broken line but perhaps the last.
 */
export class MetricsLog {
  readonly #file: string;
  #length = 0;
  #waiting = "";

  constructor(file: string) {
    this.#file = file;
  }

  /** Goes on with a file, of which only some lines count; throws what the disk says. */
  static goOn(file: string, counts: (line: MetricsLine) => boolean): MetricsLog {
    const log = new MetricsLog(file);
    const content = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    const kept = content
      .split("\n")
      .filter((text) => parseMetrics(text).some(counts))
      .map((text) => `${text}\n`)
      .join("");
    if (kept !== content) {
      writeAtomically(file, kept);
    }
    log.#length = Buffer.byteLength(kept);
    return log;
  }

  /** True where lines were not written yet. */
  get isWaiting(): boolean {
    return this.#waiting !== "";
  }

  /** Adds lines; throws what the disk says. */
  add(lines: readonly MetricsLine[]): void {
    this.#waiting += asText(lines);
    const descriptor = fs.openSync(this.#file, fs.constants.O_CREAT | fs.constants.O_WRONLY);
    try {
      const bytes = Buffer.from(this.#waiting);
      const { size } = fs.fstatSync(descriptor);
      if (size > this.#length) {
        fs.ftruncateSync(descriptor, this.#length);
      }
      // Somebody may have deleted the file; what comes then begins a new one.
      const position = Math.min(size, this.#length);
      writeAt(descriptor, bytes, position);
      this.#length = position + bytes.length;
      this.#waiting = "";
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** Has what was added survive a power cut; throws what the disk says. */
  sync(): void {
    if (fs.existsSync(this.#file)) {
      syncFile(this.#file);
    }
  }
}

const asText = (lines: readonly MetricsLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

function writeAt(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += fs.writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
}
