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
  const x = Math.min(...rectangles.map((each) => each.x));
  const y = Math.min(...rectangles.map((each) => each.y));
  const right = Math.max(...rectangles.map((each) => each.x + each.width));
  const bottom = Math.max(...rectangles.map((each) => each.y + each.height));
  return { x, y, width: right - x, height: bottom - y };
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return (
    a.x < b.x + b.width + CLEARANCE &&
    b.x < a.x + a.width + CLEARANCE &&
    a.y < b.y + b.height + CLEARANCE &&
    b.y < a.y + a.height + CLEARANCE
  );
}

/** Moves a rectangle along one axis until it covers none of the others. */
export function moveClear(
  rectangle: Rectangle,
  others: readonly Rectangle[],
  axis: "x" | "y",
): Rectangle {
  let current = rectangle;
  // Every step passes at least one of the others for good, so there are no more steps than others.
  for (let step = 0; step <= others.length; step++) {
    const covered = others.find((other) => overlaps(current, other));
    if (covered === undefined) {
      return current;
    }
    current =
      axis === "x"
        ? { ...current, x: covered.x + covered.width + CLEARANCE }
        : { ...current, y: covered.y + covered.height + CLEARANCE };
  }
  return current;
}

/** Whole pixels, so that the file stays readable. */
export function roundPosition({ x, y }: { readonly x: number; readonly y: number }): Position {
  return [Math.round(x), Math.round(y)];
}
