import { Graph, layout } from "@dagrejs/dagre";
import type { Position } from "../../src/core/design/command.ts";
import type { Viewport } from "../state/viewState.ts";
import { boundsOf, cardSize, moveClear, type Rectangle, type Size } from "./geometry.ts";
import type { Scene, Wire } from "./scene.ts";

/** Which way the network runs. */
export type Flow = "right" | "down";

/** Where everything stands; cards inside a frame are placed from the corner of their frame. */
export interface Layout {
  readonly cards: ReadonlyMap<string, Rectangle>;
  readonly frames: ReadonlyMap<string, Rectangle>;
}

interface Box extends Size {
  readonly id: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Space inside a frame; the title stands in the upper part. */
const framePadding = { side: 24, top: 44, bottom: 28 };

/** Gaps leave room for the shape on a wire and for the sentence below a card with a problem. */
const gaps: Readonly<Record<Flow, { readonly rank: number; readonly node: number }>> = {
  right: { rank: 84, node: 46 },
  down: { rank: 44, node: 40 },
};

function place(boxes: readonly Box[], links: readonly Link[], flow: Flow): Map<string, Rectangle> {
  const graph = new Graph<object, Size & Partial<Record<"x" | "y", number>>, object>();
  graph.setGraph({
    rankdir: flow === "right" ? "LR" : "TB",
    ranksep: gaps[flow].rank,
    nodesep: gaps[flow].node,
    edgesep: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) {
    graph.setNode(id, { width, height });
  }
  // Of branches from one node dagre draws the one added last first; so they come out in the order of the file.
  for (const { source, target } of links.toReversed()) {
    if (source !== target && graph.hasNode(source) && graph.hasNode(target)) {
      graph.setEdge(source, target);
    }
  }
  layout(graph);
  return new Map(
    boxes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height }];
    }),
  );
}

interface Inside {
  readonly size: Size;
  readonly cards: ReadonlyMap<string, Rectangle>;
}

function layOutInside(cards: readonly string[], wires: readonly Wire[], flow: Flow): Inside {
  const placed = place(
    cards.map((id) => ({ id, ...cardSize })),
    wires,
    flow,
  );
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
  boxes: readonly Box[],
  automatic: ReadonlyMap<string, Rectangle>,
  pinned: ReadonlyMap<string, Position>,
  flow: Flow,
): Map<string, Rectangle> {
  const standing = new Map<string, Rectangle>();
  for (const { id, width, height } of boxes) {
    const position = pinned.get(id);
    if (position !== undefined) {
      standing.set(id, { x: position[0], y: position[1], width, height });
    }
  }
  const fixed = [...standing.values()];
  const places = new Map(standing);
  for (const { id } of boxes) {
    const wanted = automatic.get(id);
    if (wanted !== undefined && !standing.has(id)) {
      places.set(id, moveClear(wanted, fixed, flow === "right" ? "y" : "x"));
    }
  }
  return places;
}

/**
 * Places everything of a scene in layers along the flow; what `pinned` names stays where it is.
 * The same scene always gets the same places.
 */
export function layOut(scene: Scene, flow: Flow, pinned: ReadonlyMap<string, Position>): Layout {
  const insides = new Map(
    scene.frames.map(({ id }) => {
      const cards = scene.cards.filter((card) => scene.frameOf.get(card.id) === id);
      const names = new Set(cards.map((card) => card.id));
      const wires = scene.wires.filter(
        ({ source, target }) => names.has(source) && names.has(target),
      );
      return [id, layOutInside([...names], wires, flow)];
    }),
  );
  const outerOf = (id: string): string => scene.frameOf.get(id) ?? id;
  const boxes: readonly Box[] = [...new Set(scene.cards.map(({ id }) => outerOf(id)))].map(
    (id) => ({
      id,
      ...(insides.get(id)?.size ?? cardSize),
    }),
  );
  const links = scene.wires.map(({ source, target }) => ({
    source: outerOf(source),
    target: outerOf(target),
  }));
  const outer = respectPinned(boxes, place(boxes, links, flow), pinned, flow);
  const frames = new Map([...outer].filter(([id]) => insides.has(id)));
  const cards = new Map([...outer].filter(([id]) => !insides.has(id)));
  for (const inside of insides.values()) {
    for (const [id, card] of inside.cards) {
      cards.set(id, card);
    }
  }
  return { cards, frames };
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
