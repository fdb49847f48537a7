import type { Position } from "../../src/core/design/command.ts";
import { boundsOf, cardSize, moveClear, type Rectangle } from "../canvas/geometry.ts";
import type { Flow } from "../canvas/layOut.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Free space between the selection and what is pasted beside it. */
const GAP = 40;

/** What is known about where nodes are to be put. */
export interface PasteTarget {
  readonly flow: Flow;
  /** Everything that stands on the canvas. */
  readonly places: ReadonlyMap<string, Rectangle>;
  readonly selection: readonly string[];
  /** Where the pointer is over the canvas, or where the menu was opened. */
  readonly pointer?: Place | undefined;
  /** True where the person named the place, as with a menu: it goes before the selection. */
  readonly isPointed: boolean;
  readonly center: Place;
}

/** Where copied nodes go, by their names, in the same places to each other; nowhere where they had none. */
export function pastePlaces(
  positions: Readonly<Record<string, Position>>,
  target: PasteTarget,
): ReadonlyMap<string, Place> {
  const copied = Object.entries(positions).map(
    ([id, [x, y]]) => [id, { x, y, ...cardSize }] as const,
  );
  if (copied.length === 0) {
    return new Map();
  }
  const bounds = boundsOf(copied.map(([, card]) => card));
  const corner = cornerFor(bounds, target);
  return new Map(
    copied.map(([id, { x, y }]) => [
      id,
      { x: corner.x + x - bounds.x, y: corner.y + y - bounds.y },
    ]),
  );
}

function cornerFor(bounds: Rectangle, target: PasteTarget): Place {
  const { flow, places, selection, pointer, isPointed, center } = target;
  const selected = selection.flatMap((id) => places.get(id) ?? []);
  if (selected.length > 0 && !(isPointed && pointer !== undefined)) {
    const beside = boundsOf(selected);
    const start =
      flow === "right"
        ? { x: beside.x, y: beside.y + beside.height + GAP }
        : { x: beside.x + beside.width + GAP, y: beside.y };
    const wanted = { ...bounds, ...start };
    return moveClear(wanted, [...places.values()], flow === "right" ? "y" : "x");
  }
  if (pointer !== undefined) {
    return { x: pointer.x - cardSize.width / 2, y: pointer.y - cardSize.height / 2 };
  }
  return { x: center.x - bounds.width / 2, y: center.y - bounds.height / 2 };
}
