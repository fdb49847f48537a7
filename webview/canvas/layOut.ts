import type { Position } from "../../src/core/design/command.ts";
import type { Viewport } from "../state/viewState.ts";
import { Expansion } from "./expansion.ts";
import { boundsOf, cardSize, moveClear, type Rectangle, type Size } from "./geometry.ts";
import { placeCards } from "./placeCards.ts";
import type { Scene, Wire } from "./scene.ts";

/** Which way the network runs. */
export type Flow = "right" | "down";

/** Where everything stands; cards inside a frame are placed from the corner of their frame. */
export interface Layout {
  readonly cards: ReadonlyMap<string, Rectangle>;
  readonly frames: ReadonlyMap<string, Rectangle>;
  /** How opened blocks move the rest, and back: the file knows only the closed layout. */
  readonly expansion: Expansion;
}

/** Space inside a frame; the title stands in the upper part, and as much below keeps the wires straight. */
const framePadding = { side: 24, top: 40, bottom: 40 };

/** No layer has an empty name. */
const ENTRY = "";

interface Inside {
  readonly size: Size;
  readonly cards: ReadonlyMap<string, Rectangle>;
}

function layOutInside(cards: readonly string[], wires: readonly Wire[], flow: Flow): Inside {
  // What enters the block from outside is one more node, so that branches begin side by side; it is not drawn.
  const inside = new Set(cards);
  const entries = wires
    .filter(({ source, target }) => !inside.has(source) && inside.has(target))
    .map(({ target }) => ({ source: ENTRY, target }));
  const placed = placeCards([ENTRY, ...cards], [...entries, ...wires], flow);
  placed.delete(ENTRY);
  const { x, y, width, height } = boundsOf([...placed.values()]);
  const { side, top, bottom } = framePadding;
  return {
    size: { width: width + 2 * side, height: height + top + bottom },
    cards: new Map(
      [...placed].map(([id, card]) => [id, { ...card, x: card.x - x + side, y: card.y - y + top }]),
    ),
  };
}

/** Positions of a person win; the others go where the layers put them, aside where that place is taken. */
function respectPinned(
  automatic: ReadonlyMap<string, Rectangle>,
  pinned: ReadonlyMap<string, Position>,
  flow: Flow,
): Map<string, Rectangle> {
  const standing = new Map<string, Rectangle>();
  for (const id of automatic.keys()) {
    const position = pinned.get(id);
    if (position !== undefined) {
      standing.set(id, { x: position[0], y: position[1], ...cardSize });
    }
  }
  const fixed = [...standing.values()];
  return new Map(
    [...automatic].map(([id, wanted]) => [
      id,
      standing.get(id) ?? moveClear(wanted, fixed, flow === "right" ? "y" : "x"),
    ]),
  );
}

/**
 * Places everything of a scene in layers along the flow; what `pinned` names stays where it is.
 * The same scene always gets the same places.
 */
export function layOut(scene: Scene, flow: Flow, pinned: ReadonlyMap<string, Position>): Layout {
  const insides = new Map(
    scene.frames.map(({ id }) => {
      const cards = scene.cards.filter((card) => scene.frameOf.get(card.id) === id);
      const names = cards.map((card) => card.id);
      return [id, layOutInside(names, scene.wires, flow)];
    }),
  );
  const outerOf = (id: string): string => scene.frameOf.get(id) ?? id;
  const outer = [...new Set(scene.cards.map(({ id }) => outerOf(id)))];
  const links = scene.wires.map(({ source, target }) => ({
    source: outerOf(source),
    target: outerOf(target),
  }));
  const closed = respectPinned(placeCards(outer, links, flow), pinned, flow);
  const sizes = new Map([...insides].map(([id, { size }]) => [id, size]));
  const expansion = new Expansion(closed, sizes, flow);
  const frames = new Map<string, Rectangle>();
  const cards = new Map<string, Rectangle>();
  for (const [id, card] of closed) {
    const size = sizes.get(id);
    const open = { ...cardSize, ...size, ...expansion.open(id, card) };
    (size === undefined ? cards : frames).set(id, open);
  }
  for (const inside of insides.values()) {
    for (const [id, card] of inside.cards) {
      cards.set(id, card);
    }
  }
  return { cards, frames, expansion };
}

/** Largest zoom, up to 1, at which all of it is seen. */
export function zoomThatFits(bounds: Size, view: Size): Viewport["zoom"] {
  return Math.min(
    1,
    view.width / Math.max(1, bounds.width),
    view.height / Math.max(1, bounds.height),
  );
}

/** The way of running that shows the cards larger in this window; to the right where it makes no difference. */
export function flowThatFits(scene: Scene, view: Size): Flow {
  const zoomOf = (flow: Flow): number => {
    const { cards, frames } = layOut(scene, flow, new Map());
    const outer = [...cards].filter(([id]) => !scene.frameOf.has(id)).map(([, card]) => card);
    return zoomThatFits(boundsOf([...outer, ...frames.values()]), view);
  };
  return zoomOf("down") > zoomOf("right") * 1.1 ? "down" : "right";
}
