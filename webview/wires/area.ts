import type { Rectangle } from "../canvas/geometry.ts";
import type { Flow } from "../canvas/layOut.ts";
import type { Point } from "./curve.ts";

/** A rectangle by where it begins and ends along the network, and across it. */
export interface Area {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** A rectangle of the canvas as the flow sees it. */
export const areaOf = ({ x, y, width, height }: Rectangle, flow: Flow): Area =>
  flow === "right"
    ? { from: x, to: x + width, low: y, high: y + height }
    : { from: y, to: y + height, low: x, high: x + width };

/** Whether two areas share more than a border. */
export const overlaps = (a: Area, b: Area): boolean =>
  a.from < b.to && b.from < a.to && a.low < b.high && b.low < a.high;

/** Whether a point lies in the area, or on its border. */
export const holds = ({ from, to, low, high }: Area, { along, across }: Point): boolean =>
  along >= from && along <= to && across >= low && across <= high;

/** The smallest area that holds all points; it has a width even where they lie in one line. */
export function areaAround(points: readonly Point[]): Area {
  const alongs = points.map(({ along }) => along);
  const acrosses = points.map(({ across }) => across);
  return {
    from: Math.min(...alongs) - 1,
    to: Math.max(...alongs) + 1,
    low: Math.min(...acrosses) - 1,
    high: Math.max(...acrosses) + 1,
  };
}

/** Finds the areas of a stretch of the network without looking at all of them. */
export class AreaIndex<T extends Area> {
  static readonly #STEP = 256;
  readonly #steps = new Map<number, T[]>();

  add(area: T): void {
    const [first, last] = [this.#step(area.from), this.#step(area.to)];
    for (let step = first; step <= last; step++) {
      const known = this.#steps.get(step);
      if (known === undefined) {
        this.#steps.set(step, [area]);
      } else {
        known.push(area);
      }
    }
  }

  /** Those that reach into the stretch. */
  between(from: number, to: number): readonly T[] {
    const [first, last] = [this.#step(from), this.#step(to)];
    const found: T[] = [];
    for (let step = first; step <= last; step++) {
      for (const area of this.#steps.get(step) ?? []) {
        // An area of several steps is met in each, and taken in the first.
        const isFirst = step === first || this.#step(area.from) === step;
        if (isFirst && area.from < to && area.to > from) {
          found.push(area);
        }
      }
    }
    return found;
  }

  #step(along: number): number {
    return Math.floor(along / AreaIndex.#STEP);
  }
}
