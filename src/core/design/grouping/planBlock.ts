import type { Design, DesignNode } from "../design.ts";
import { joinWords } from "../words.ts";
import { findOccurrences } from "./findOccurrences.ts";
import { t } from "../../text/t.ts";

/** One place of a design that a block can stand for. */
export interface Occurrence {
  /** The node here for each node of the selection; the selection itself maps to itself. */
  readonly nodes: ReadonlyMap<string, string>;
  /** What enters it from outside, in the order of the block's inputs. */
  readonly inputs: readonly string[];
  readonly output: string;
}

/** What a block made of a selection would be. */
export interface BlockPlan {
  /** The nodes of the selection in the order of the file. */
  readonly nodes: readonly DesignNode[];
  /** The selection first, then the other places that differ from it in values of options at most. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
}

/** A plan, or why the selection cannot be a block and what to do. */
export type PlannedBlock =
  | { readonly type: "plan"; readonly plan: BlockPlan }
  | { readonly type: "refused"; readonly message: string };

/** Finds what enters and leaves a selection, and where else in the design the same stands. */
export function planBlock(design: Design, ids: readonly string[]): PlannedBlock {
  const selected = new Set(ids);
  const nodes = [...design.nodes.values()].filter(({ id }) => selected.has(id));
  const missing = ids.find((id) => !design.nodes.has(id));
  const image = nodes.find(({ type }) => type === "input");
  if (missing !== undefined) return refused(t("There is no node {0}.", JSON.stringify(missing)));
  if (nodes.length === 0) return refused(t("Select the nodes that the block is made of first."));
  if (image !== undefined) {
    return refused(
      t(
        "{0} is where the image enters the network, which cannot be inside of a block: leave it out of the selection.",
        image.id,
      ),
    );
  }
  const inputs = [
    ...new Set(nodes.flatMap(({ from }) => from.filter((source) => !selected.has(source)))),
  ];
  const unfed = nodes.find(({ from }) => from.length === 0);
  if (unfed !== undefined) return refused(t("{0} reads nothing: connect it first.", unfed.id));
  const leaving = leavingNodes(design, nodes, selected);
  const [output, ...more] = leaving;
  if (output === undefined) return refused(t("The selected nodes feed each other in a circle."));
  if (more.length > 0) {
    return refused(
      t(
        "{0} leave the selection, and a block has one output: select what joins them too, or leave all but one of these branches out.",
        joinWords(leaving, "and"),
      ),
    );
  }
  const back = wayBack(design, selected, output, inputs);
  if (back !== undefined) {
    return refused(
      t("A way leads out of the selection through {0} and into it again: select {0} too.", back),
    );
  }
  const own = { nodes: new Map(nodes.map(({ id }) => [id, id])), inputs, output };
  return { type: "plan", plan: { nodes, occurrences: [own, ...findOccurrences(design, own)] } };
}

function refused(message: string): PlannedBlock {
  return { type: "refused", message };
}

/** Nodes of the selection that something outside reads, or that nothing reads at all. */
function leavingNodes(
  design: Design,
  nodes: readonly DesignNode[],
  selected: ReadonlySet<string>,
): readonly string[] {
  const readInside = new Set<string>();
  const readOutside = new Set<string>();
  for (const { id, from } of design.nodes.values()) {
    for (const source of from) (selected.has(id) ? readInside : readOutside).add(source);
  }
  return nodes.flatMap(({ id }) => (readOutside.has(id) || !readInside.has(id) ? [id] : []));
}

/** A node outside through which the output comes back to an input; designs with circles have such nodes. */
function wayBack(
  design: Design,
  selected: ReadonlySet<string>,
  output: string,
  inputs: readonly string[],
): string | undefined {
  const seen = new Set(inputs);
  for (const id of seen) {
    for (const source of design.nodes.get(id)?.from ?? []) {
      if (source === output) return id;
      if (!selected.has(source)) seen.add(source);
    }
  }
  return undefined;
}
