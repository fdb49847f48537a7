import type { TextRange } from "../core/design/problem.ts";

/** A place in a text: line and UTF-16 unit in it, both from 0, as in the Language Server Protocol. */
export interface LinePlace {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets of a text into lines and characters. */
export class LinePlaces {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [
      0,
      ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: line }) => index + line.length),
    ];
  }

  placeAt(offset: number): LinePlace {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }

  rangeOf({ offset, length }: TextRange): { readonly start: LinePlace; readonly end: LinePlace } {
    return { start: this.placeAt(offset), end: this.placeAt(offset + length) };
  }
}
