import { cardSize, type Rectangle, type Size } from "./geometry.ts";
import type { Flow } from "./layOut.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Axis along which the network runs, and the one across it. */
interface Axes {
  readonly main: "x" | "y";
  readonly cross: "x" | "y";
  readonly length: "width" | "height";
  readonly breadth: "width" | "height";
}

const axesOf: Readonly<Record<Flow, Axes>> = {
  right: { main: "x", cross: "y", length: "width", breadth: "height" },
  down: { main: "y", cross: "x", length: "height", breadth: "width" },
};

/** An opened block: where its card stands in the closed layout, and how much room it takes beyond that. */
interface Opening {
  readonly id: string;
  /** Where the frame begins and ends along the flow, with all earlier ones open. */
  readonly start: number;
  readonly end: number;
  readonly closedEnd: number;
  readonly center: number;
  readonly longer: number;
  readonly broader: number;
}

/** The opened blocks of a layout in the order of the flow. */
export class Expansion {
  readonly #openings: readonly Opening[];
  readonly #axes: Axes;

  constructor(
    closed: ReadonlyMap<string, Rectangle>,
    frames: ReadonlyMap<string, Size>,
    flow: Flow,
  ) {
    this.#axes = axesOf[flow];
    const { main, cross, length, breadth } = this.#axes;
    const openings: Opening[] = [];
    const cards = [...frames]
      .flatMap(([id, size]) => {
        const card = closed.get(id);
        return card === undefined ? [] : [{ id, card, size }];
      })
      .toSorted((a, b) => a.card[main] - b.card[main]);
    for (const { id, card, size } of cards) {
      const closedEnd = card[main] + cardSize[length];
      const start = card[main] + lengthened(openings, card[main]);
      openings.push({
        id,
        start,
        end: start + size[length],
        closedEnd,
        center: card[cross] + cardSize[breadth] / 2,
        longer: size[length] - cardSize[length],
        broader: size[breadth] - cardSize[breadth],
      });
    }
    this.#openings = openings;
  }

  /** Where something of the closed layout stands with the blocks open: what is behind or beside them makes room. */
  open(id: string, { x, y }: Place): Place {
    const { main, cross, length, breadth } = this.#axes;
    const closed = { x, y };
    const start = closed[main] + lengthened(this.#openings, closed[main]);
    const own = this.#openings.find((opening) => opening.id === id);
    const end = own?.end ?? start + cardSize[length];
    const center = closed[cross] + cardSize[breadth] / 2;
    const beside = this.#openings
      .filter((opening) => opening.id !== id && opening.start < end && start < opening.end)
      .reduce((sum, { broader, center: middle }) => sum + aside(center, middle) * broader, 0);
    const place = { [main]: start, [cross]: closed[cross] + beside - (own?.broader ?? 0) / 2 };
    return { x: place["x"] ?? x, y: place["y"] ?? y };
  }

  /** Where something that was put down beside open blocks belongs when they are closed, which is what the file keeps. */
  close(id: string, { x, y }: Place): Place {
    const { main, cross, length, breadth } = this.#axes;
    const opened = { x, y };
    const own = this.#openings.find((opening) => opening.id === id);
    const begin = opened[main];
    const end = begin + cardSize[length];
    const middle = opened[cross] + cardSize[breadth] / 2;
    let [along, across] = [begin, opened[cross] + (own?.broader ?? 0) / 2];
    for (const opening of this.#openings) {
      if (opening.id !== id && begin >= opening.end) {
        along -= opening.longer;
      } else if (opening.id !== id && opening.start < end && begin < opening.end) {
        across -= aside(middle, opening.center) * opening.broader;
      }
    }
    const place = { [main]: along, [cross]: across };
    return { x: place["x"] ?? x, y: place["y"] ?? y };
  }
}

/** Half of the room to one side or to the other. */
const aside = (center: number, middle: number): number => Math.sign(center - middle) / 2;

function lengthened(openings: readonly Opening[], start: number): number {
  return openings
    .filter(({ closedEnd }) => start >= closedEnd)
    .reduce((sum, { longer }) => sum + longer, 0);
}
