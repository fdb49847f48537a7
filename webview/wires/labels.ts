import type { Flow } from "../canvas/layOut.ts";
import { AreaIndex, overlaps, type Area } from "./area.ts";
import { pointAt, type Point } from "./curve.ts";
import type { Obstacles } from "./obstacles.ts";

/** Size of the words on a wire: 10.5 pixels high, all letters of one width. */
const size = { letter: 6.4, height: 14 };

/** Shares of the way where words are put, the best first. */
const shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/** Finds places for the words on wires where they cover no card, no title and no other words. */
export class Labels {
  readonly #obstacles: Obstacles;
  readonly #flow: Flow;
  readonly #placed = new AreaIndex<Area>();

  constructor(obstacles: Obstacles, flow: Flow) {
    this.#obstacles = obstacles;
    this.#flow = flow;
  }

  /** Where the words go on a wire through these points; nowhere where all of it is covered. */
  place(words: string, points: readonly Point[]): Point | undefined {
    if (words === "") {
      return undefined;
    }
    for (const share of shares) {
      const middle = pointAt(points, share);
      const area = this.#areaAround(middle, words.length * size.letter);
      if (this.#isFree(area)) {
        this.#placed.add(area);
        return middle;
      }
    }
    return undefined;
  }

  #areaAround({ along, across }: Point, width: number): Area {
    const [length, breadth] = this.#flow === "right" ? [width, size.height] : [size.height, width];
    return {
      from: along - length / 2,
      to: along + length / 2,
      low: across - breadth / 2,
      high: across + breadth / 2,
    };
  }

  #isFree(area: Area): boolean {
    const { from, to } = area;
    const near = this.#obstacles.between(from, to).filter(({ kind }) => kind !== "frame");
    return ![...near, ...this.#placed.between(from, to)].some((other) => overlaps(area, other));
  }
}
