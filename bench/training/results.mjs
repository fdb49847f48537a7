/** @typedef {import("./measure.ts").Measurement} Measurement */
/** @typedef {{ readonly side: string, readonly network: string, readonly threads: number }} Turn */

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Everything that a run has measured, as medians over its rounds; `undefined` where nothing was. */
export class Results {
  /** Names in their order. @type {readonly string[]} @readonly */
  sides;
  /** @type {Map<string, Measurement[]>} @readonly */
  #measured = new Map();
  /** @type {Map<number, number[]>} @readonly */
  #ceilings = new Map();

  /** @param {readonly string[]} sides */
  constructor(sides) {
    this.sides = sides;
  }

  /** @param {Turn} turn @param {Measurement} measurement */
  add(turn, measurement) {
    const key = keyOf(turn);
    this.#measured.set(key, [...(this.#measured.get(key) ?? []), measurement]);
  }

  /** @param {number} threads @param {number | undefined} gflops */
  addCeiling(threads, gflops) {
    if (gflops !== undefined) {
      this.#ceilings.set(threads, [...(this.#ceilings.get(threads) ?? []), gflops]);
    }
  }

  /** @param {Turn} turn @param {"step" | "epoch" | "peakMegabytes"} figure */
  median(turn, figure) {
    return median((this.#measured.get(keyOf(turn)) ?? []).map((one) => one[figure]));
  }

  /** GFLOP/s of the best round: what the machine could do. @param {number} threads */
  ceiling(threads) {
    const values = this.#ceilings.get(threads);
    return values && Math.max(...values);
  }

  /** What a side calls itself. @param {string} side */
  engine(side) {
    const [found] = [...this.#measured].find(([key]) => key.startsWith(`${side}|`))?.[1] ?? [];
    return found?.engine;
  }
}

const keyOf = (/** @type {Turn} */ { side, network, threads }) => `${side}|${network}|${threads}`;
