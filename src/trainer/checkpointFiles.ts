import fs from "node:fs";
import path from "node:path";
import { runFiles } from "../protocol/run.ts";
import { syncFile, writeAtomically } from "./writeAtomically.ts";

/**
 * The checkpoints of a run: the last, and that of the best epoch. Each is replaced as one, and the best is never older
 * than what the last says of it. What the disk does not take waits in memory until it does.
 */
export class CheckpointFiles {
  readonly #last: string;
  readonly #best: string;
  #waitingLast: Uint8Array | undefined;
  /** The same bytes as those of the last where that is the best. */
  #waitingBest: Uint8Array | undefined;

  constructor(directory: string) {
    this.#last = path.join(directory, runFiles.last);
    this.#best = path.join(directory, runFiles.best);
  }

  /** True where something was not written yet. */
  get isWaiting(): boolean {
    return this.#waitingLast !== undefined || this.#waitingBest !== undefined;
  }

  /** A checkpoint that is written the next time. */
  offerBest(content: Uint8Array): void {
    this.#waitingBest = content;
  }

  offerLast(content: Uint8Array): void {
    this.#waitingLast = content;
  }

  /** Writes what waits; throws what the disk says. */
  write(): void {
    const last = this.#waitingLast;
    const best = this.#waitingBest;
    if (best !== undefined && best !== last) {
      writeAtomically(this.#best, best);
      this.#waitingBest = undefined;
    }
    if (last !== undefined) {
      this.#writeLast(last, last === best);
      this.#waitingLast = undefined;
      this.#waitingBest = undefined;
    }
  }

  #writeLast(content: Uint8Array, isBest: boolean): void {
    writeAtomically(this.#last, content, isBest ? (temporary) => this.#link(temporary) : undefined);
  }

  /** Costs nothing: a checkpoint is never written again, but replaced by another file. */
  #link(written: string): void {
    const temporary = `${this.#best}.${process.pid}.tmp`;
    fs.rmSync(temporary, { force: true });
    try {
      fs.linkSync(written, temporary);
    } catch {
      // Not every file system has links.
      fs.copyFileSync(written, temporary);
      syncFile(temporary);
    }
    fs.renameSync(temporary, this.#best);
  }
}
