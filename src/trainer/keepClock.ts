/** A checkpoint takes at most this share of the time since the one before. */
const largestShare = 0.01;

/** Decides when a checkpoint is worth its time. */
export class KeepClock {
  readonly #seconds: number;
  readonly #now: () => number;
  #last: number;
  #cost = 0;

  /** `seconds`: between two checkpoints within an epoch; 0 for one after every step, whatever it costs. */
  constructor(seconds: number, now: () => number = () => performance.now()) {
    this.#seconds = seconds;
    this.#now = now;
    this.#last = now();
  }

  isDueWithinEpoch(): boolean {
    return this.#now() - this.#last >= 1000 * this.#seconds && this.isDueAfterEpoch();
  }

  /** Short epochs are not all worth a checkpoint. */
  isDueAfterEpoch(): boolean {
    return this.#seconds === 0 || this.#now() - this.#last >= this.#cost / largestShare;
  }

  /** Remembers that a checkpoint was written just now, and what it took. */
  async measure(write: () => Promise<void>): Promise<void> {
    const start = this.#now();
    await write();
    this.#last = this.#now();
    this.#cost = this.#last - start;
  }
}
