import type { Alignment } from "../../src/protocol/webview.ts";
import { boundsOf, type Rectangle } from "../canvas/geometry.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

type Align = (places: ReadonlyMap<string, Rectangle>) => ReadonlyMap<string, Place>;

/** Gives every card a place by itself and the rectangle around all of them. */
const toBounds =
  (place: (card: Rectangle, bounds: Rectangle) => Place): Align =>
  (places) => {
    const bounds = boundsOf([...places.values()]);
    return new Map([...places].map(([id, card]) => [id, place(card, bounds)]));
  };

/** Leaves the first and the last where they are and makes the gaps between neighbours equal. */
const distribute =
  (axis: "x" | "y", length: "width" | "height"): Align =>
  (places) => {
    const sorted = [...places].toSorted(([, a], [, b]) => a[axis] - b[axis]);
    const bounds = boundsOf([...places.values()]);
    const filled = sorted.reduce((sum, [, card]) => sum + card[length], 0);
    const gap = sorted.length < 2 ? 0 : (bounds[length] - filled) / (sorted.length - 1);
    let next = bounds[axis];
    return new Map(
      sorted.map(([id, card]) => {
        const place = { x: card.x, y: card.y, [axis]: next };
        next += card[length] + gap;
        return [id, place];
      }),
    );
  };

const alignments: Readonly<Record<Alignment, Align>> = {
  alignLeft: toBounds(({ y }, bounds) => ({ x: bounds.x, y })),
  alignCenter: toBounds(({ y, width }, bounds) => ({
    x: bounds.x + (bounds.width - width) / 2,
    y,
  })),
  alignRight: toBounds(({ y, width }, bounds) => ({ x: bounds.x + bounds.width - width, y })),
  alignTop: toBounds(({ x }, bounds) => ({ x, y: bounds.y })),
  alignMiddle: toBounds(({ x, height }, bounds) => ({
    x,
    y: bounds.y + (bounds.height - height) / 2,
  })),
  alignBottom: toBounds(({ x, height }, bounds) => ({ x, y: bounds.y + bounds.height - height })),
  distributeHorizontally: distribute("x", "width"),
  distributeVertically: distribute("y", "height"),
};

/** Where these cards and frames stand after they were lined up. */
export function alignNodes(
  alignment: Alignment,
  places: ReadonlyMap<string, Rectangle>,
): ReadonlyMap<string, Place> {
  return alignments[alignment](places);
}
