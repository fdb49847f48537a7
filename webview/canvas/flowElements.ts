import { Position as Side, type Edge, type Node, type NodeHandle } from "@xyflow/react";
import type { FoundCards } from "../find/foundCards.ts";
import type { Rectangle, Size } from "./geometry.ts";
import type { Flow, Layout } from "./layOut.ts";
import type { Course } from "../wires/course.ts";
import type { Card, Frame, Scene, Wire } from "./scene.ts";

export type CardNode = Node<{ readonly card: Card; readonly flow: Flow }, "card">;
export type FrameNode = Node<{ readonly frame: Frame }, "frame">;
export type CanvasNode = CardNode | FrameNode;
export type WireEdge = Edge<
  { readonly label: string; readonly course: Course | undefined },
  "wire"
>;

/** What of the view decides how a node is drawn. */
export interface NodeView {
  readonly flow: Flow;
  readonly selected: ReadonlySet<string>;
  /** The one card that the Tab key stops at. */
  readonly tabStop: string | undefined;
  /** Places of what is being dragged at this moment. */
  readonly dragged: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly isWritable: boolean;
  /** What a search marks, while there is one. */
  readonly found: FoundCards | undefined;
}

const sides: Readonly<Record<Flow, { readonly in: Side; readonly out: Side }>> = {
  right: { in: Side.Left, out: Side.Right },
  down: { in: Side.Top, out: Side.Bottom },
};

/** Sides of a card where wires come in and go out. */
export const sidesOf = (flow: Flow): { readonly in: Side; readonly out: Side } => sides[flow];

// Given, so that React Flow need not measure hundreds of cards before it can draw a wire.
function handlesOf(flow: Flow, { width, height }: Size): NodeHandle[] {
  const at = (type: "source" | "target", x: number, y: number): NodeHandle => ({
    type,
    position: type === "source" ? sides[flow].out : sides[flow].in,
    x,
    y,
    width: 1,
    height: 1,
  });
  return flow === "right"
    ? [at("target", 0, height / 2), at("source", width - 1, height / 2)]
    : [at("target", width / 2, 0), at("source", width / 2, height - 1)];
}

function markOf(id: string, { found, tabStop }: NodeView) {
  const count = found?.get(id);
  return {
    className: count === undefined ? "" : "is-found",
    domAttributes: {
      tabIndex: id === tabStop ? 0 : -1,
      // Read by the style sheet: how many matches a closed block holds.
      ...(count === undefined || count === 0 ? {} : { "data-found": count }),
    },
  };
}

function common(id: string, place: Rectangle, view: NodeView, spoken: string) {
  const { x, y, width, height } = place;
  return {
    id,
    position: view.dragged.get(id) ?? { x, y },
    width,
    height,
    measured: { width, height },
    selected: view.selected.has(id),
    ariaLabel: spoken,
    ariaRole: "group",
    ...markOf(id, view),
  } as const;
}

function cardNode(card: Card, place: Rectangle, scene: Scene, view: NodeView): CardNode {
  const parentId = scene.frameOf.get(card.id);
  return {
    ...common(card.id, place, view, card.spoken),
    type: "card",
    data: { card, flow: view.flow },
    handles: handlesOf(view.flow, place),
    draggable: !card.isInner && view.isWritable,
    connectable: !card.isInner && view.isWritable,
    ...(parentId === undefined ? {} : { parentId }),
  };
}

function frameNode(frame: Frame, place: Rectangle, scene: Scene, view: NodeView): FrameNode {
  const parentId = scene.frameOf.get(frame.id);
  return {
    ...common(frame.id, place, view, frame.spoken),
    type: "frame",
    data: { frame },
    // No wire ends at a frame; React Flow asks for the ports in the moment in which a block opens.
    handles: handlesOf(view.flow, place),
    draggable: !frame.isInner && view.isWritable,
    connectable: false,
    zIndex: -1,
    ...(parentId === undefined ? {} : { parentId }),
  };
}

interface Drawn {
  readonly inputs: readonly unknown[];
  readonly node: CanvasNode;
}

/** Makes React Flow's nodes, and hands out the same object where nothing about a node changed. */
export class FlowNodes {
  #drawn = new Map<string, Drawn>();

  create(scene: Scene, layout: Layout, view: NodeView): CanvasNode[] {
    const drawn = new Map<string, Drawn>();
    const draw = (
      item: Card | Frame,
      place: Rectangle | undefined,
      make: (place: Rectangle) => CanvasNode,
    ): void => {
      if (place !== undefined) {
        drawn.set(item.id, this.#reuse(item, place, scene, view, make));
      }
    };
    // A frame must come before what stands in it.
    for (const frame of scene.frames) {
      draw(frame, layout.frames.get(frame.id), (place) => frameNode(frame, place, scene, view));
    }
    for (const card of scene.cards) {
      draw(card, layout.cards.get(card.id), (place) => cardNode(card, place, scene, view));
    }
    this.#drawn = drawn;
    return [...drawn.values()].map(({ node }) => node);
  }

  #reuse(
    item: Card | Frame,
    place: Rectangle,
    scene: Scene,
    view: NodeView,
    make: (place: Rectangle) => CanvasNode,
  ): Drawn {
    const { id } = item;
    const dragged = view.dragged.get(id);
    const inputs = [
      item,
      dragged?.x ?? place.x,
      dragged?.y ?? place.y,
      place.width,
      place.height,
      scene.frameOf.get(id),
      view.flow,
      view.isWritable,
      view.selected.has(id),
      view.tabStop === id,
      view.found?.get(id),
    ];
    const before = this.#drawn.get(id);
    const isSame = before?.inputs.every((input, index) => Object.is(input, inputs[index])) ?? false;
    return before !== undefined && isSame ? before : { inputs, node: make(place) };
  }
}

/** React Flow's edges; those of `hot` carry the accent, the one of `target` takes what is dragged over it. */
export function flowEdges(
  wires: readonly Wire[],
  hot: ReadonlySet<string>,
  target: string | undefined,
  selected: string | undefined,
  courses: ReadonlyMap<string, Course>,
): WireEdge[] {
  return wires.map((wire) => ({
    id: wire.id,
    type: "wire",
    source: wire.source,
    target: wire.target,
    data: { label: wire.label, course: courses.get(wire.id) },
    selected: wire.id === selected,
    selectable: wire.port !== undefined,
    focusable: false,
    className: [
      wire.id === target ? "is-target" : "",
      hot.has(wire.source) || hot.has(wire.target) ? "is-hot" : "",
    ].join(" "),
    ariaLabel: `${wire.source} → ${wire.target}${wire.label === "" ? "" : `, ${wire.label}`}`,
  }));
}
