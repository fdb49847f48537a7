import { topologicalOrder } from "../../network/topologicalOrder.ts";
import type { Design } from "../design.ts";
import { planBlock } from "./planBlock.ts";

/** The first of several equal parts that a selection is made of, as ids; nothing where it is one piece. */
export function repeatedPart(
  design: Design,
  ids: readonly string[],
): { readonly nodes: readonly string[]; readonly count: number } | undefined {
  const selected = new Set(ids);
  const order = topologicalOrder(design.nodes)
    .order.map(({ id }) => id)
    .filter((id) => selected.has(id));
  for (let size = 2; size <= order.length / 2; size++) {
    if (order.length % size !== 0) continue;
    const nodes = order.slice(0, size);
    const planned = planBlock(design, nodes);
    if (planned.type === "refused") continue;
    const covered = planned.plan.occurrences.filter((occurrence) =>
      [...occurrence.nodes.values()].every((id) => selected.has(id)),
    );
    const count = order.length / size;
    if (covered.length === count) return { nodes, count };
  }
  return undefined;
}
