import type { TextEdit } from "../command.ts";
import type { DesignNode } from "../design.ts";
import { type DesignText, Refusal, removeKeys, sectionOf } from "./designText.ts";
import { inputsOf } from "./nodeInputs.ts";
import { forgetPositions } from "./placeNodes.ts";
import { rewire } from "./wires.ts";
import { t } from "../../text/t.ts";

/** Removes nodes and heals the chain: what read a removed node reads its single input instead. */
export function removeNodes(document: DesignText, ids: readonly string[]): readonly TextEdit[] {
  const nodes = sectionOf(document, "nodes");
  const removed = new Set(ids);
  const missing = ids.find((id) => !document.nodes.has(id));
  if (missing !== undefined) throw new Refusal(t("There is no node {0}.", JSON.stringify(missing)));
  if (nodes === undefined) return [];
  const kept = [...document.design.nodes.values()].filter(({ id }) => !removed.has(id));
  const read = new Set(kept.flatMap(({ from }) => from));
  return [
    ...kept.flatMap((node) =>
      node.from.some((source) => removed.has(source)) ? heal(document, node, removed, read) : [],
    ),
    ...removeKeys(document, nodes, removed),
    ...forgetPositions(document, removed),
  ];
}

function heal(
  document: DesignText,
  { id, type, from }: DesignNode,
  removed: ReadonlySet<string>,
  read: ReadonlySet<string>,
): readonly TextEdit[] {
  const isJoin = (inputsOf(type, document.design)?.maximum ?? from.length) > 1;
  const taken = new Set(from);
  return rewire(document, id, (source) => {
    if (!removed.has(source)) return source;
    const next = survivor(document, source, removed);
    if (next === undefined) return undefined;
    // At a join, a removed branch goes with its node unless its source would be left without a reader.
    if (isJoin && (read.has(next) || taken.has(next))) return undefined;
    taken.add(next);
    return next;
  });
}

/** The node before a removed one, as far back as single wires lead. */
export function survivor(
  { design }: DesignText,
  start: string,
  removed: ReadonlySet<string>,
): string | undefined {
  const seen = new Set<string>();
  let id: string | undefined = start;
  while (id !== undefined && removed.has(id)) {
    if (seen.has(id)) return undefined;
    seen.add(id);
    const from: readonly string[] = design.nodes.get(id)?.from ?? [];
    id = from.length === 1 ? from[0] : undefined;
  }
  return id;
}
