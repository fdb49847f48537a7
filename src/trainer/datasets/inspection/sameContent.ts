/** Finds images of the same content by 128 bits of their hashes, in 20 bytes an image. */
export class SameContent {
  readonly #high: BigUint64Array;
  readonly #low: BigUint64Array;
  readonly #known: Uint32Array;
  #count = 0;

  constructor(most: number) {
    this.#high = new BigUint64Array(most);
    this.#low = new BigUint64Array(most);
    this.#known = new Uint32Array(most);
  }

  /** Takes the hash of an image, by its number. */
  add(image: number, hash: Buffer): void {
    this.#high[image] = hash.readBigUInt64LE(0);
    this.#low[image] = hash.readBigUInt64LE(8);
    this.#known[this.#count] = image;
    this.#count += 1;
  }

  /** The numbers of images that have one content, in their order, for every content that more than one has. */
  *groups(): Generator<Uint32Array, void> {
    const sorted = this.#known
      .subarray(0, this.#count)
      .toSorted((a, b) => this.#compare(a, b) || a - b);
    for (let start = 0; start < sorted.length;) {
      let end = start + 1;
      while (end < sorted.length && this.#compare(sorted[start] ?? 0, sorted[end] ?? 0) === 0) {
        end += 1;
      }
      if (end > start + 1) yield sorted.subarray(start, end);
      start = end;
    }
  }

  #compare(one: number, other: number): number {
    return (
      compare(this.#high[one] ?? 0n, this.#high[other] ?? 0n) ||
      compare(this.#low[one] ?? 0n, this.#low[other] ?? 0n)
    );
  }
}

const compare = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);
