import { createSignal } from "../state/signal.ts";
import { cardSize } from "./geometry.ts";
import type { NumberedGraph } from "./series.ts";

/** Middle of a card, along the network and across it. */
export interface Middle {
  readonly along: number;
  readonly across: number;
}

/** Lengths of a card and of the gaps around it, along the network and across it. */
export interface Spacing {
  readonly length: number;
  readonly breadth: number;
  readonly gapAlong: number;
  readonly gapAcross: number;
}

/** Gaps leave room for the shape on a wire and for the sentence below a card with a problem. */
export const spacings: Readonly<Record<"right" | "down", Spacing>> = {
  right: { length: cardSize.width, breadth: cardSize.height, gapAlong: 84, gapAcross: 46 },
  down: { length: cardSize.height, breadth: cardSize.width, gapAlong: 44, gapAcross: 40 },
};

/** Beyond this dagre takes seconds and may run out of stack. */
const MOST_FOR_DAGRE = 400;

const MOST_REMEMBERED = 500;
const remembered = new Map<string, readonly Middle[]>();

/** Each node one step behind the last that feeds it, beside those that are there already. */
function placeSimply({ count, links }: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const rank = Array.from({ length: count }, () => 0);
  // The numbers are an order in which what feeds a node comes first, so one pass is enough.
  for (const [source, target] of links.toSorted(([a], [b]) => a - b)) {
    rank[target] = Math.max(rank[target] ?? 0, (rank[source] ?? 0) + 1);
  }
  const taken = new Map<number, number>();
  return rank.map((step) => {
    const beside = taken.get(step) ?? 0;
    taken.set(step, beside + 1);
    return {
      along: step * (spacing.length + spacing.gapAlong),
      across: beside * (spacing.breadth + spacing.gapAcross),
    };
  });
}

type PlaceGraph = (graph: NumberedGraph, spacing: Spacing) => readonly Middle[];

let placeLayered: PlaceGraph | undefined;
const loaded = createSignal<true>();

/** Loads what branches need to be drawn well; a plain chain needs none of it, so a page can begin without. */
export async function loadLayering(): Promise<void> {
  ({ placeLayered } = await import("./layered.ts"));
  remembered.clear();
  loaded.emit(true);
}

/** True once branches can be placed in layers; for `useSyncExternalStore` together with `onLayeringLoaded`. */
export const isLayeringLoaded = (): boolean => placeLayered !== undefined;

/** Calls back when the places of branches have become better. */
export const onLayeringLoaded = (listener: () => void): (() => void) => loaded.listen(listener);

const isChain = ({ count, links }: NumberedGraph): boolean =>
  links.length === count - 1 && links.every(([source, target]) => target === source + 1);

function placerOf(graph: NumberedGraph): PlaceGraph {
  const isSimple = isChain(graph) || graph.count > MOST_FOR_DAGRE;
  return isSimple || placeLayered === undefined ? placeSimply : placeLayered;
}

/** Places a small graph; the same graph is worked out once, as blocks of one kind repeat. */
export function placeSegment(graph: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const key = JSON.stringify([graph.count, graph.links, spacing.length]);
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  const placed = placerOf(graph)(graph, spacing);
  if (remembered.size >= MOST_REMEMBERED) {
    remembered.clear();
  }
  remembered.set(key, placed);
  return placed;
}
