import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Comparison, NodeDifference } from "../../src/core/compare/comparison.ts";
import type { Rectangle } from "../canvas/geometry.ts";
import { layOut, type Flow } from "../canvas/layOut.ts";
import { absolutePlaces } from "../canvas/places.ts";
import { createScene, type Card, type Frame, type Wire } from "../canvas/scene.ts";
import { partDifference } from "./partDifference.ts";

/** A node of one design or of both, and what became of it. */
export interface ComparedCard {
  readonly card: Card;
  readonly place: Rectangle;
  /** Absent where both sides are the same. */
  readonly difference?: NodeDifference;
}

/** An open block of one design or of both. */
export interface ComparedFrame {
  readonly frame: Frame;
  readonly place: Rectangle;
  /** Absent where both sides are the same. */
  readonly kind: NodeDifference["kind"] | undefined;
}

/** A wire of one design or of both. */
export interface ComparedWire extends Wire {
  readonly kind: "same" | "added" | "removed";
}

/** Two designs as one picture: all of the second, and what only the first had. */
export interface MergedScene {
  readonly cards: readonly ComparedCard[];
  /** Blocks that are open, each before those that stand in it. */
  readonly frames: readonly ComparedFrame[];
  readonly wires: readonly ComparedWire[];
}

/** Id on the canvas: that of the second design, and of the first for what was removed. */
export const keyOf = ({ id }: NodeDifference): string => id.after ?? id.before ?? "";

const inputOf = ({ source, target, port }: Wire): string =>
  JSON.stringify([source, target, port?.index]);

/** The path of a part under the name that its node has on the other side. */
function renamed(path: string, names: ReadonlyMap<string, string>): string {
  const end = path.indexOf("/");
  const node = end === -1 ? path : path.slice(0, end);
  return (names.get(node) ?? node) + path.slice(node.length);
}

/** Lays both designs out together, with these blocks of both open. */
export function mergeScenes(
  before: AnalyzedDesign,
  after: AnalyzedDesign,
  { nodes, matches }: Comparison,
  flow: Flow,
  open: readonly string[] = [],
): MergedScene {
  const partners = new Map([...matches].map(([one, other]) => [other, one]));
  const was = (path: string): string => renamed(path, partners);
  const now = (path: string): string => renamed(path, matches);
  const one = createScene(before, open.map(was), "parameters");
  const other = createScene(after, open, "parameters");
  const differences = new Map(nodes.map((node) => [keyOf(node), node]));
  const differenceAt = (id: string): NodeDifference | undefined =>
    id.includes("/") ? partDifference(before, was(id), after, id) : differences.get(id);
  const kept = new Set([...other.cards, ...other.frames].map(({ id }) => id));
  const gone = <T extends { readonly id: string }>(parts: readonly T[]): readonly T[] =>
    parts.map((part) => ({ ...part, id: now(part.id) })).filter(({ id }) => !kept.has(id));
  const scene = {
    cards: [...other.cards, ...gone(one.cards)],
    frames: [...other.frames, ...gone(one.frames)],
    wires: mergeWires(one.wires, other.wires, now),
    frameOf: new Map([
      ...[...one.frameOf].map(([id, frame]) => [now(id), now(frame)] as const),
      ...other.frameOf,
    ]),
  };
  const layout = layOut(scene, flow, after.parsed.design.canvas);
  const places = absolutePlaces(scene, layout);
  return {
    cards: scene.cards.flatMap((card) => {
      const place = places.get(card.id);
      const difference = differenceAt(card.id);
      return place === undefined
        ? []
        : [{ card, place, ...(difference === undefined ? {} : { difference }) }];
    }),
    frames: scene.frames.flatMap((frame) => {
      const place = places.get(frame.id);
      return place === undefined ? [] : [{ frame, place, kind: differenceAt(frame.id)?.kind }];
    }),
    wires: scene.wires,
  };
}

function mergeWires(
  before: readonly Wire[],
  after: readonly Wire[],
  now: (path: string) => string,
): readonly ComparedWire[] {
  const old = before.map((wire) => ({
    ...wire,
    source: now(wire.source),
    target: now(wire.target),
  }));
  const known = new Set(old.map(inputOf));
  const kept = new Set(after.map(inputOf));
  return [
    ...after.map((wire) => ({
      ...wire,
      kind: known.has(inputOf(wire)) ? ("same" as const) : ("added" as const),
    })),
    ...old
      .filter((wire) => !kept.has(inputOf(wire)))
      .map((wire) => ({ ...wire, id: `−${wire.id}`, label: "", kind: "removed" as const })),
  ];
}
