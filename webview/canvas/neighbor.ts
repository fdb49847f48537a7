import type { Flow } from "./layOut.ts";
import type { Rectangle } from "./geometry.ts";

/** Where an arrow key points. */
export type Arrow = "left" | "right" | "up" | "down";

interface Link {
  readonly source: string;
  readonly target: string;
}

const centerOf = ({ x, y, width, height }: Rectangle): readonly [x: number, y: number] => [
  x + width / 2,
  y + height / 2,
];

const directions: Readonly<Record<Arrow, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** How far a place is in a direction; `undefined` behind it. Going astray counts double. */
function distance(from: Rectangle, to: Rectangle, arrow: Arrow): number | undefined {
  const [fromX, fromY] = centerOf(from);
  const [toX, toY] = centerOf(to);
  const [x, y] = directions[arrow];
  const [along, across] = [
    (toX - fromX) * x + (toY - fromY) * y,
    Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x),
  ];
  return along > 1 ? along + 2 * across : undefined;
}

function nearest(
  from: Rectangle,
  candidates: Iterable<readonly [string, Rectangle]>,
  score: (from: Rectangle, to: Rectangle) => number | undefined,
): string | undefined {
  let best: string | undefined;
  let smallest = Infinity;
  for (const [id, place] of candidates) {
    const reached = score(from, place);
    if (reached !== undefined && reached < smallest) {
      best = id;
      smallest = reached;
    }
  }
  return best;
}

/** The card that an arrow key leads to: along a wire in the direction of the flow, else the nearest that way. */
export function neighbor(
  current: string,
  arrow: Arrow,
  places: ReadonlyMap<string, Rectangle>,
  links: readonly Link[],
  flow: Flow,
): string | undefined {
  const from = places.get(current);
  if (from === undefined) {
    return undefined;
  }
  const [forwards, backwards] = flow === "right" ? ["right", "left"] : ["down", "up"];
  const wired = links.flatMap(({ source, target }) => {
    if (arrow === forwards && source === current) {
      return [target];
    }
    return arrow === backwards && target === current ? [source] : [];
  });
  const others = [...places].filter(([id]) => id !== current);
  const alongWire = nearest(
    from,
    others.filter(([id]) => wired.includes(id)),
    (a, b) => Math.hypot(centerOf(a)[0] - centerOf(b)[0], centerOf(a)[1] - centerOf(b)[1]),
  );
  return alongWire ?? nearest(from, others, (a, b) => distance(a, b, arrow));
}
