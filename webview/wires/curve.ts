/** A point by how far it is along the network and across it. */
export interface Point {
  readonly along: number;
  readonly across: number;
}

/** A cubic Bézier curve: begin, two points that pull, end. */
export type Curve = readonly [Point, Point, Point, Point];

/** A bend that leaves and arrives along the flow; one that runs back swings wide. */
export function bend(start: Point, end: Point): Curve {
  const distance = end.along - start.along;
  const reach = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
  return [
    start,
    { ...start, along: start.along + reach },
    { ...end, along: end.along - reach },
    end,
  ];
}

/** Points of a curve from its begin to its end. */
export function pointsOn([start, first, second, end]: Curve, steps: number): readonly Point[] {
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      along: a * start.along + b * first.along + c * second.along + d * end.along,
      across: a * start.across + b * first.across + c * second.across + d * end.across,
    };
  });
}

/** The point at a share, 0 to 1, of the length of a line of points. */
export function pointAt(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map((point, index) => {
    const { along, across } = points[index] ?? point;
    return Math.hypot(point.along - along, point.across - across);
  });
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index], points[index + 1]];
    if (left <= length && from !== undefined && to !== undefined) {
      const part = length === 0 ? 0 : left / length;
      return {
        along: from.along + part * (to.along - from.along),
        across: from.across + part * (to.across - from.across),
      };
    }
    left -= length;
  }
  return points.at(-1) ?? { along: 0, across: 0 };
}
