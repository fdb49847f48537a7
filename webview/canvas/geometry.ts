import type { Position } from "../../src/core/design/command.ts";

/** Size in pixels at zoom 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place on the canvas; `x` and `y` are its upper left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** Every card has this size, so that nothing needs to be measured on the page. */
export const cardSize: Size = { width: 200, height: 70 };

/** Free space that automatic places keep from what stands there. */
const CLEARANCE = 24;

/** The smallest rectangle around all of them; empty where there are none. */
export function boundsOf(rectangles: readonly Rectangle[]): Rectangle {
  if (rectangles.length === 0) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of rectangles) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function overlaps(a: Rectangle, b: Rectangle, clearance: number): boolean {
  return (
    a.x < b.x + b.width + clearance &&
    b.x < a.x + a.width + clearance &&
    a.y < b.y + b.height + clearance &&
    b.y < a.y + a.height + clearance
  );
}

/** Moves a rectangle along one axis until it covers none of the others. */
export function moveClear(
  rectangle: Rectangle,
  others: readonly Rectangle[],
  axis: "x" | "y",
  clearance = CLEARANCE,
): Rectangle {
  let current = rectangle;
  // Every step passes at least one of the others for good, so there are no more steps than others.
  for (let step = 0; step <= others.length; step++) {
    const covered = others.find((other) => overlaps(current, other, clearance));
    if (covered === undefined) {
      return current;
    }
    current =
      axis === "x"
        ? { ...current, x: covered.x + covered.width + clearance }
        : { ...current, y: covered.y + covered.height + clearance };
  }
  return current;
}

/** Whole pixels, so that the file stays readable. */
export function roundPosition({ x, y }: { readonly x: number; readonly y: number }): Position {
  return [Math.round(x), Math.round(y)];
}
