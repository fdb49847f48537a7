/** Most items that wait for one frame; a hidden page draws none for minutes. */
const MOST_WAITING = 5000;

/**
 * Collects items and hands them over once a frame.
 * Where more wait than fit, the batch is handed over at once instead, so that nothing is lost.
 */
export class FrameBatch<T> {
  #waiting: T[] = [];
  #frame = 0;
  readonly #take: (items: readonly T[]) => void;

  constructor(take: (items: readonly T[]) => void) {
    this.#take = take;
  }

  add(item: T): void {
    this.#waiting.push(item);
    if (this.#waiting.length >= MOST_WAITING) {
      this.flush();
    } else if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.flush());
    }
  }

  /** Hands over what waits, now. */
  flush(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const items = this.#waiting;
    this.#waiting = [];
    if (items.length > 0) {
      this.#take(items);
    }
  }
}
