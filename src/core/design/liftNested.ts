import { type JsonEntry, type JsonObjectTree, type JsonTree, valueOf } from "./jsonTree.ts";

/**
 * Brings back what a missing closing brace swallowed: in a text with errors, a node that stands inside another
 * node moves beside it, and a section that stands inside `nodes` moves to the top.
 */
export function liftNested(root: JsonTree, sections: readonly string[]): JsonTree {
  if (root.kind !== "object") return root;
  const entries = root.entries.flatMap((entry) =>
    entry.key === "nodes" && entry.value?.kind === "object"
      ? splitNodes(entry, entry.value, sections)
      : [entry],
  );
  return { ...root, entries };
}

function splitNodes(
  entry: JsonEntry,
  nodes: JsonObjectTree,
  sections: readonly string[],
): readonly JsonEntry[] {
  const isSection = ({ key, value }: JsonEntry) =>
    sections.includes(key) && valueOf(value, "type") === undefined;
  const flat = nodes.entries.flatMap((inner) => flattenNode(inner, isSection));
  return [
    { ...entry, value: { ...nodes, entries: flat.filter((inner) => !isSection(inner)) } },
    ...flat.filter(isSection),
  ];
}

/** A node and the nodes inside it, in the order of the text; a section stays as it is. */
function flattenNode(
  entry: JsonEntry,
  isSection: (entry: JsonEntry) => boolean,
): readonly JsonEntry[] {
  const { value } = entry;
  if (value?.kind !== "object" || isSection(entry)) return [entry];
  // No option of a node is an object, so one that is must have stood beside the node.
  const isOwn = (inner: JsonEntry) => inner.value?.kind !== "object";
  return [
    { ...entry, value: { ...value, entries: value.entries.filter(isOwn) } },
    ...value.entries
      .filter((inner) => !isOwn(inner))
      .flatMap((inner) => flattenNode(inner, isSection)),
  ];
}
