import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Comparison, NodeDifference } from "../../src/core/compare/comparison.ts";
import type { Rectangle } from "../canvas/geometry.ts";
import { layOut, type Flow } from "../canvas/layOut.ts";
import { createScene, type Card, type Wire } from "../canvas/scene.ts";

/** A node of one design or of both, and what became of it. */
export interface ComparedCard {
  readonly card: Card;
  readonly place: Rectangle;
  /** Absent where both sides are the same. */
  readonly difference?: NodeDifference;
}

/** A wire of one design or of both. */
export interface ComparedWire extends Wire {
  readonly kind: "same" | "added" | "removed";
}

/** Two designs as one picture: all of the second, and what only the first had. */
export interface MergedScene {
  readonly cards: readonly ComparedCard[];
  readonly wires: readonly ComparedWire[];
}

/** Id on the canvas: that of the second design, and of the first for what was removed. */
export const keyOf = ({ id }: NodeDifference): string => id.after ?? id.before ?? "";

const inputOf = ({ source, target, port }: Wire): string =>
  JSON.stringify([source, target, port?.index]);

/** Lays both designs out together, with the blocks of both closed. */
export function mergeScenes(
  before: AnalyzedDesign,
  after: AnalyzedDesign,
  { nodes, matches }: Comparison,
  flow: Flow,
): MergedScene {
  const one = createScene(before, [], "parameters");
  const other = createScene(after, [], "parameters");
  const differences = new Map(nodes.map((node) => [keyOf(node), node]));
  const cards = [...other.cards, ...one.cards.filter(({ id }) => !matches.has(id))];
  const wires = mergeWires(one.wires, other.wires, matches);
  const { cards: places } = layOut(
    { cards, frames: [], wires, frameOf: new Map() },
    flow,
    after.parsed.design.canvas,
  );
  return {
    cards: cards.flatMap((card) => {
      const place = places.get(card.id);
      const difference = differences.get(card.id);
      return place === undefined
        ? []
        : [{ card, place, ...(difference === undefined ? {} : { difference }) }];
    }),
    wires,
  };
}

function mergeWires(
  before: readonly Wire[],
  after: readonly Wire[],
  matches: ReadonlyMap<string, string>,
): readonly ComparedWire[] {
  const now = (id: string): string => matches.get(id) ?? id;
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
