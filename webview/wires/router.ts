import type { Flow } from "../canvas/layOut.ts";
import { areaAround, holds, overlaps } from "./area.ts";
import { bend, pointsOn, type Curve, type Point } from "./curve.ts";
import { freeLanes, type Taken } from "./freeLanes.ts";
import type { Obstacle, Obstacles } from "./obstacles.ts";

/** A wire by the cards that it joins and the points where it leaves and arrives. */
export interface Ends {
  readonly source: string;
  readonly target: string;
  readonly start: Point;
  readonly end: Point;
}

/** A straight part of a wire that has been routed; wires from another card keep away from it. */
interface Lane {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly across: number;
}

/** Room between a wire and what it passes by, and between two wires. */
const clearance = { card: 14, frame: 10, title: 1, border: 6, lane: 8 };

/** Lengths along the network in which a wire turns aside. */
const turn = { least: 16, most: 110 };

const MOST_TRIES = 8;

/** Beyond this, as where one card is wired to a thousand others, the last wires stay plain, and the page quick. */
const MOST_LOOKED_AT = 100_000;

/** Finds ways for wires around what stands between their ends, one wire after the other. */
export class Router {
  readonly #obstacles: Obstacles;
  readonly #flow: Flow;
  readonly #lanes: Lane[] = [];
  #lookedAt = 0;

  constructor(obstacles: Obstacles, flow: Flow) {
    this.#obstacles = obstacles;
    this.#flow = flow;
  }

  /** One bend where nothing is in the way, else a bend into a free lane, the lane, and a bend out of it. */
  route(ends: Ends): readonly Curve[] {
    const { start, end } = ends;
    const plain = bend(start, end);
    if (end.along - start.along < 2 * turn.least) {
      return [plain];
    }
    const around = this.#obstacles.framesAround(ends.source, ends.target);
    const near = this.#obstacles.between(start.along, end.along);
    const isBorder = ({ id, kind }: Obstacle): boolean => kind === "frame" && around.has(id);
    const inTheWay = near.filter(
      (each) => each.id !== ends.source && each.id !== ends.target && !isBorder(each),
    );
    this.#lookedAt += inTheWay.length;
    if (this.#lookedAt > MOST_LOOKED_AT || !isHit([plain], inTheWay)) {
      return [plain];
    }
    return this.#aside(ends, inTheWay, near.filter(isBorder)) ?? [plain];
  }

  #aside(
    ends: Ends,
    near: readonly Obstacle[],
    frames: readonly Obstacle[],
  ): readonly Curve[] | undefined {
    const { source, start, end } = ends;
    // From above, what enters a frame must pass its title, and does so straight.
    const walls = this.#flow === "right" ? near : near.filter(({ kind }) => kind !== "title");
    const room = this.#room(ends, near);
    const [first, last] = [start.along + room.out, end.along - room.in];
    const taken = [
      ...walls.map(takenBy),
      // A wire crosses the lines of the frames around its ends and does not follow them.
      ...frames.flatMap(({ low, high }) => [
        widened(low, low, clearance.border),
        widened(high, high, clearance.border),
      ]),
      ...this.#others(source, first, last),
    ];
    for (const across of freeLanes(taken, start.across, end.across).slice(0, MOST_TRIES)) {
      const [enter, leave] = [
        { along: first, across },
        { along: last, across },
      ];
      const curves = [bend(start, enter), bend(enter, leave), bend(leave, end)];
      if (!isHit(curves, walls)) {
        this.#lanes.push({ source, from: first, to: last, across });
        return curves;
      }
    }
    return undefined;
  }

  /** How much of the way there is for turning, before the first obstacle and behind the last. */
  #room(
    { start, end }: Ends,
    near: readonly Obstacle[],
  ): { readonly out: number; readonly in: number } {
    const middle = (end.along - start.along) / 2;
    const within = (room: number): number =>
      Math.min(Math.max(turn.least, Math.min(turn.most, room)), middle);
    const cards = near.filter(({ kind }) => this.#flow === "down" || kind !== "title");
    return {
      out: within(Math.min(...cards.map(({ from }) => from)) - start.along),
      in: within(end.along - Math.max(...cards.map(({ to }) => to))),
    };
  }

  #others(source: string, from: number, to: number): readonly Taken[] {
    return this.#lanes
      .filter((lane) => lane.source !== source && lane.from < to && from < lane.to)
      .map(({ across }) => widened(across, across, clearance.lane));
  }
}

const widened = (low: number, high: number, by: number): Taken => [low - by, high + by];

const takenBy = ({ low, high, kind }: Obstacle): Taken => widened(low, high, clearance[kind]);

function isHit(curves: readonly Curve[], obstacles: readonly Obstacle[]): boolean {
  return curves.some((curve) => {
    // A curve lies between the points that make it.
    const around = areaAround(curve);
    const near = obstacles.filter((obstacle) => overlaps(obstacle, around));
    return (
      near.length > 0 &&
      pointsOn(curve, 24).some((point) => near.some((each) => holds(each, point)))
    );
  });
}
