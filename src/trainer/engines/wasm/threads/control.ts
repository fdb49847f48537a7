/** Words of the memory by which threads agree; all are int32. */
export const control = {
  /** Rises with every step that is shared. */
  ticket: 0,
  /** 1 while the step may be joined. */
  open: 1,
  /** Number of threads that are at it, besides the one that called. */
  active: 2,
  plan: 3,
  step: 4,
  /** Number of the next call that nobody has taken. */
  next: 5,
  /** 1 after a call failed. */
  failed: 6,
  /** 1 when the threads are to end. */
  stop: 7,
} as const;

export const controlBytes = 64;

/** Looks at a word so often before it sleeps: a step is often followed by the next within microseconds. */
const patience = 20_000;

/** Waits until a word is no longer `value`; returns after a second at the latest. */
export function waitWhile(words: Int32Array, word: number, value: number): void {
  for (let look = 0; look < patience; look += 1) {
    if (Atomics.load(words, word) !== value) {
      return;
    }
  }
  Atomics.wait(words, word, value, 1000);
}
