import { Graph, layout } from "@dagrejs/dagre";
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

function layered({ count, links }: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const graph = new Graph<
    object,
    Partial<Record<"x" | "y" | "width" | "height", number>>,
    object
  >();
  graph.setGraph({
    rankdir: "TB",
    ranksep: spacing.gapAlong,
    nodesep: spacing.gapAcross,
    edgesep: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (let node = 0; node < count; node++) {
    graph.setNode(String(node), { width: spacing.breadth, height: spacing.length });
  }
  // Of branches from one node dagre draws the one added last first; so they come out in the order of the file.
  for (const [source, target] of links.toReversed()) {
    graph.setEdge(String(source), String(target));
  }
  layout(graph);
  return Array.from({ length: count }, (_, node) => {
    const { x = 0, y = 0 } = graph.node(String(node));
    return { along: y, across: x };
  });
}

/** Each node one step behind the last that feeds it, beside those that are there already. */
function simple({ count, links }: NumberedGraph, spacing: Spacing): readonly Middle[] {
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

/** Places a small graph in layers; the same graph is worked out once, as blocks of one kind repeat. */
export function placeSegment(graph: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const key = JSON.stringify([graph.count, graph.links, spacing.length]);
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  const placed = (graph.count <= MOST_FOR_DAGRE ? layered : simple)(graph, spacing);
  if (remembered.size >= MOST_REMEMBERED) {
    remembered.clear();
  }
  remembered.set(key, placed);
  return placed;
}
