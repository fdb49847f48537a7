import fs from "node:fs";
import { syncFile } from "./writeAtomically.ts";

/**
 * A file that grows. What the disk did not take is written with what comes next, and half of something that it took is
 * cut off first, so that the file has no gap and no broken piece but perhaps the last.
 */
export class AppendedFile {
  readonly #file: string;
  #length: number;
  #waiting: Uint8Array[] = [];

  /** `length`: how much of a file that is there counts. */
  constructor(file: string, length = 0) {
    this.#file = file;
    this.#length = length;
  }

  /** Adds bytes; throws what the disk says. */
  add(bytes: Uint8Array): void {
    if (bytes.length > 0) {
      this.#waiting.push(bytes);
    }
    if (this.#waiting.length > 0) {
      this.#write(Buffer.concat(this.#waiting));
    }
  }

  /** Has what was added survive a power cut; throws what the disk says. */
  sync(): void {
    if (fs.existsSync(this.#file)) {
      syncFile(this.#file);
    }
  }

  #write(bytes: Uint8Array): void {
    const descriptor = fs.openSync(this.#file, fs.constants.O_CREAT | fs.constants.O_WRONLY);
    try {
      const { size } = fs.fstatSync(descriptor);
      if (size > this.#length) {
        fs.ftruncateSync(descriptor, this.#length);
      }
      // Somebody may have deleted the file; what comes then begins a new one.
      const position = Math.min(size, this.#length);
      writeAt(descriptor, bytes, position);
      this.#length = position + bytes.length;
      this.#waiting = [];
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
