import { native, plain, wasm } from "./sideNames.mjs";

/** @typedef {import("./measure.ts").Measurement} Measurement */
/** @typedef {{ readonly side: string, readonly network: string, readonly threads: number }} Turn */

/** The middle one, or the mean of the two in the middle; `undefined` of none. @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Everything that a run has measured, as medians over its rounds; `undefined` where nothing was. */
export class Results {
  /** Names in their order. @type {readonly string[]} @readonly */
  sides;
  /** Names of those that ours is compared with. @type {readonly string[]} @readonly */
  rivals;
  /** @type {Map<string, Measurement[]>} @readonly */
  #measured = new Map();
  /** @type {Map<string, string>} @readonly */
  #failures = new Map();
  /** @type {Map<number, number[]>} @readonly */
  #ceilings = new Map();

  /** @param {readonly string[]} sides */
  constructor(sides) {
    this.sides = sides;
    this.rivals = sides.filter((side) => side !== native && side !== wasm);
  }

  /** @param {Turn} turn @param {Measurement} measurement */
  add(turn, measurement) {
    const key = keyOf(turn);
    this.#measured.set(key, [...(this.#measured.get(key) ?? []), measurement]);
  }

  /** Remembers in a word or two why there is no measurement. @param {Turn} turn @param {string} why */
  addFailure(turn, why) {
    this.#failures.set(keyOf(turn), why);
  }

  /** @param {Turn} turn */
  failure(turn) {
    return this.#failures.get(keyOf(turn)) ?? "failed";
  }

  /**
   * Whether another round could change a proportion: not by a rival that failed, nor by one that reached less than two
   * thirds of the best, in steps and epochs.
   * @param {Turn} turn
   */
  canMatter(turn) {
    const reached = (/** @type {string} */ side, /** @type {"step" | "epoch"} */ figure) =>
      this.median({ ...turn, side }, figure) ?? 0;
    return (
      [native, wasm, plain].includes(turn.side) ||
      /** @type {const} */ (["step", "epoch"]).some((figure) => {
        const best = Math.max(...this.rivals.map((side) => reached(side, figure)));
        return reached(turn.side, figure) > (2 / 3) * best;
      })
    );
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
