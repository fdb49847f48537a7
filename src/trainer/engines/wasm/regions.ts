/** Regions begin at multiples of this many bytes and are padded to them, so that whole vectors can be read and written. */
export const alignment = 64;

export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Hands out regions of a space that grows at its end; addresses and sizes are in bytes. */
export class Regions {
  /** In any order, with something taken behind each of them. */
  #gaps: readonly Gap[] = [];
  readonly #sizes = new Map<number, number>();
  #end: number;
  #peak: number;

  /** `start` is the first address that may be handed out. */
  constructor(start: number) {
    this.#end = start;
    this.#peak = start;
  }

  /** End of the highest region that is taken. */
  get end(): number {
    return this.#end;
  }

  /** End of the highest region that was ever taken. */
  get peak(): number {
    return this.#peak;
  }

  /** Number of regions that are taken. */
  get count(): number {
    return this.#sizes.size;
  }

  /** Takes the smallest gap that is large enough, or the end of the space. */
  take(bytes: number): number {
    const size = Math.max(alignment, aligned(bytes));
    let best: Gap | undefined;
    for (const gap of this.#gaps) {
      const length = gap.end - gap.start;
      if (length >= size && (best === undefined || length < best.end - best.start)) {
        best = gap;
      }
    }
    const start = best?.start ?? this.#end;
    this.#cut(start, start + size);
    this.#end = Math.max(this.#end, start + size);
    this.#peak = Math.max(this.#peak, this.#end);
    this.#sizes.set(start, size);
    return start;
  }

  /** Gives a region back; `address` is what `take` returned. */
  free(address: number): void {
    const size = this.#sizes.get(address);
    if (size === undefined) {
      throw new Error(`nothing was taken at ${address}`);
    }
    this.#sizes.delete(address);
    let [start, end] = [address, address + size];
    const others = this.#gaps.filter((gap) => {
      const touches = gap.end === start || gap.start === end;
      start = touches ? Math.min(start, gap.start) : start;
      end = touches ? Math.max(end, gap.end) : end;
      return !touches;
    });
    if (end === this.#end) {
      this.#end = start;
      this.#gaps = others;
    } else {
      this.#gaps = [...others, { start, end }];
    }
  }

  #cut(start: number, end: number): void {
    this.#gaps = this.#gaps.flatMap((gap): readonly Gap[] => {
      if (gap.start !== start) {
        return [gap];
      }
      return gap.end > end ? [{ start: end, end: gap.end }] : [];
    });
  }
}
