import type { Position } from "../../src/core/design/command.ts";

/** How a wire runs while neither of its ends is dragged, counted from the origin of the canvas. */
export interface Course {
  /** Path data of SVG. */
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  /** Middle of the words on it; absent where they would cover something. */
  readonly label: Position | undefined;
}

/** React Flow ends a wire at the rim of a port, a few pixels outside of the card, at both ends alike. */
const PORT = 9;

/** How far both ends of a wire have been moved together, or nothing where its course does not fit them. */
export function shiftOf(
  { start, end }: Course,
  source: Position,
  target: Position,
): Position | undefined {
  const [x, y] = [source[0] - start[0], source[1] - start[1]];
  const [toX, toY] = [target[0] - end[0], target[1] - end[1]];
  if (Math.abs(toX - x) > PORT || Math.abs(toY - y) > PORT) {
    return undefined;
  }
  return [Math.round((x + toX) / 2), Math.round((y + toY) / 2)];
}
