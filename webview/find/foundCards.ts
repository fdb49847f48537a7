import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { blockTree, pathOf } from "../canvas/blockTree.ts";
import type { Scene } from "../canvas/scene.ts";

/** Cards that a search marks: with 0 those that are found themselves, else with the number of matches inside. */
export type FoundCards = ReadonlyMap<string, number>;

/** The cards and frames that stand for the matches: themselves, or the closed block around them. */
export function foundCards(
  { network }: AnalyzedDesign,
  { cards, frames }: Scene,
  matches: readonly string[],
): FoundCards {
  const tree = blockTree(network);
  const shown = new Set([...cards, ...frames].map(({ id }) => id));
  const closed = new Set(cards.map(({ id }) => id));
  const found = new Map<string, number>();
  for (const match of matches) {
    if (shown.has(match)) {
      found.set(match, found.get(match) ?? 0);
    } else {
      const around = pathOf(tree, match).find((path) => closed.has(path));
      if (around !== undefined) {
        found.set(around, (found.get(around) ?? 0) + 1);
      }
    }
  }
  return found;
}
