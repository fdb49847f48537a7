import { Graph, layout } from "@dagrejs/dagre";
import type { Middle, Spacing } from "./placeSegment.ts";
import type { NumberedGraph } from "./series.ts";

/** Places a graph in layers with few crossings (dagre, after Sugiyama et al. 1981). */
export function placeLayered({ count, links }: NumberedGraph, spacing: Spacing): readonly Middle[] {
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
