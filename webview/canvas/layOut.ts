import type { Position } from "../../src/core/design/command.ts";
import type { Viewport } from "../state/viewState.ts";
import { Expansion } from "./expansion.ts";
import { boundsOf, cardSize, moveClear, type Rectangle, type Size } from "./geometry.ts";
import { placeCards, type Link } from "./placeCards.ts";
import type { Scene } from "./scene.ts";

/** Which way the network runs. */
export type Flow = "right" | "down";

/** Where everything stands; what is inside a frame is placed from the corner of its frame. */
export interface Layout {
  readonly cards: ReadonlyMap<string, Rectangle>;
  readonly frames: ReadonlyMap<string, Rectangle>;
  /** How opened blocks move the rest, and back: the file knows only the closed layout. */
  readonly expansion: Expansion;
}

/** Space inside a frame; the title stands in the upper part, and as much below keeps the wires straight. */
const framePadding = { side: 24, top: 40, bottom: 40 };

/** No part of a block has an empty name. */
const ENTRY = "";

/** What stands in the same frame, or in none, and how it is wired. */
interface Level {
  readonly names: Set<string>;
  readonly links: Link[];
}

/** The scene level by level: by frame, and of what stands in no frame under `undefined`. */
function levelsOf({ cards, wires, frameOf }: Scene): ReadonlyMap<string | undefined, Level> {
  const levels = new Map<string | undefined, Level>();
  const levelOf = (frame: string | undefined): Level => {
    const level = levels.get(frame) ?? { names: new Set(), links: [] };
    levels.set(frame, level);
    return level;
  };
  // A card behind the frames around it, the outermost first.
  const paths = new Map<string, readonly string[]>();
  for (const { id } of cards) {
    const path = [id];
    for (let frame = frameOf.get(id); frame !== undefined; frame = frameOf.get(frame)) {
      path.unshift(frame);
    }
    paths.set(id, path);
    for (const [depth, name] of path.entries()) {
      levelOf(path[depth - 1]).names.add(name);
    }
  }
  for (const { source, target } of wires) {
    const [from, to] = [paths.get(source) ?? [source], paths.get(target) ?? [target]];
    const fork = to.findIndex((name, depth) => name !== from[depth]);
    for (const [depth, name] of to.entries()) {
      if (depth === fork) {
        levelOf(to[depth - 1]).links.push({ source: from[depth] ?? source, target: name });
      } else if (depth > fork) {
        // What enters a block is one more node in it, so that branches begin side by side; it is not drawn.
        levelOf(to[depth - 1]).links.push({ source: ENTRY, target: name });
      }
    }
  }
  return levels;
}

/** Opened blocks of one level in their places, and the closed cards between them. */
function openLevel(
  closed: ReadonlyMap<string, Rectangle>,
  expansion: Expansion,
  sizes: ReadonlyMap<string, Size>,
): ReadonlyMap<string, Rectangle> {
  return new Map(
    [...closed].map(([id, card]) => [
      id,
      { ...cardSize, ...sizes.get(id), ...expansion.open(id, card) },
    ]),
  );
}

interface Inside {
  readonly size: Size;
  readonly places: ReadonlyMap<string, Rectangle>;
}

function layOutInside(
  { names, links }: Level,
  sizes: ReadonlyMap<string, Size>,
  flow: Flow,
): Inside {
  const closed = placeCards([ENTRY, ...names], links, flow);
  closed.delete(ENTRY);
  const opened = new Map([...sizes].filter(([id]) => names.has(id)));
  const places = openLevel(closed, new Expansion(closed, opened, flow), sizes);
  const { x, y, width, height } = boundsOf([...places.values()]);
  const { side, top, bottom } = framePadding;
  return {
    size: { width: width + 2 * side, height: height + top + bottom },
    places: new Map(
      [...places].map(([id, each]) => [id, { ...each, x: each.x - x + side, y: each.y - y + top }]),
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
  const levels = levelsOf(scene);
  const places = new Map<string, Rectangle>();
  const sizes = new Map<string, Size>();
  // From the innermost outwards, because a frame is as large as what is in it.
  for (const { id } of scene.frames.toReversed()) {
    const level = levels.get(id);
    if (level !== undefined) {
      const inside = layOutInside(level, sizes, flow);
      sizes.set(id, inside.size);
      for (const [name, place] of inside.places) {
        places.set(name, place);
      }
    }
  }
  const { names, links } = levels.get(undefined) ?? { names: [], links: [] };
  const closed = respectPinned(placeCards([...names], links, flow), pinned, flow);
  const outer = new Map([...sizes].filter(([id]) => closed.has(id)));
  const expansion = new Expansion(closed, outer, flow);
  for (const [id, place] of openLevel(closed, expansion, sizes)) {
    places.set(id, place);
  }
  const cards = new Map<string, Rectangle>();
  const frames = new Map<string, Rectangle>();
  for (const [id, place] of places) {
    (sizes.has(id) ? frames : cards).set(id, place);
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
    const outer = [...cards, ...frames].filter(([id]) => !scene.frameOf.has(id));
    return zoomThatFits(boundsOf(outer.map(([, place]) => place)), view);
  };
  return zoomOf("down") > zoomOf("right") * 1.1 ? "down" : "right";
}
