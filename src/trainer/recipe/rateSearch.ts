import type { RatePoint } from "../../protocol/trainer.ts";

/** From where to where the learning rate is raised, and in how many steps. */
export interface RateSpan {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

export const wholeSpan: RateSpan = { from: 1e-6, to: 10, steps: 120 };

/** The rate of a step, from 1: each the same factor above the one before. */
export const rateOfStep = ({ from, to, steps }: RateSpan, step: number): number =>
  from * (to / from) ** ((step - 1) / (steps - 1));

/** Share of the losses before in the smoothed one. */
const memory = 0.9;
/** How far above the lowest a loss shows that the rate is far too large. */
const explosion = 4;

/** Smooths the losses of rising rates (Smith 2017) and says when there is no more to see. */
export class RateSearch {
  readonly #points: RatePoint[] = [];
  #mean = 0;

  /** Adds the loss of a step; returns the smoothed point. */
  add(rate: number, loss: number): RatePoint {
    this.#mean = memory * this.#mean + (1 - memory) * loss;
    const point = { rate, loss: this.#mean / (1 - memory ** (this.#points.length + 1)) };
    this.#points.push(point);
    return point;
  }

  /** True where the loss has left its lowest far behind. */
  get hasExploded(): boolean {
    const last = this.#points.at(-1);
    return last !== undefined && last.loss > explosion * this.#lowest.loss;
  }

  /** A tenth of the rate with the lowest loss, as one digit; nothing where no rate made the loss fall. */
  get suggestion(): number | undefined {
    const [first] = this.#points;
    const lowest = this.#lowest;
    return first === undefined || lowest.loss >= 0.99 * first.loss
      ? undefined
      : Number((lowest.rate / 10).toPrecision(1));
  }

  get #lowest(): RatePoint {
    return this.#points.reduce((best, point) => (point.loss < best.loss ? point : best), {
      rate: 0,
      loss: Infinity,
    });
  }
}
