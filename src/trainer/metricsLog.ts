import fs from "node:fs";
import type { MetricsLine } from "../protocol/run.ts";

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

  /** Adds lines; throws what the disk says. `sync`: also through a power cut. */
  add(lines: readonly MetricsLine[], { sync }: { readonly sync: boolean }): void {
    this.#waiting += lines.map((line) => `${JSON.stringify(line)}\n`).join("");
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
      if (sync) {
        fs.fsyncSync(descriptor);
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }
}

function writeAt(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += fs.writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
}
