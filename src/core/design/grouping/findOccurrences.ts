import type { Design, DesignNode } from "../design.ts";
import { optionsDiffer, unlike } from "./optionValues.ts";
import type { Occurrence } from "./planBlock.ts";

/** Other places with the same nodes and wires as one; they share no node with it or with each other. */
export function findOccurrences(design: Design, own: Occurrence): readonly Occurrence[] {
  const readers = readersOf(design);
  const taken = new Set(own.nodes.keys());
  const found: Occurrence[] = [];
  for (const candidate of design.nodes.values()) {
    const matched = taken.has(candidate.id) ? undefined : match(design, own, candidate, taken);
    if (matched === undefined || !isClosed(matched, readers)) continue;
    found.push(matched);
    for (const id of matched.nodes.values()) taken.add(id);
  }
  return found;
}

function readersOf({ nodes }: Design): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { id, from } of nodes.values()) {
    for (const source of from) {
      const known = readers.get(source);
      if (known === undefined) readers.set(source, [id]);
      else known.push(id);
    }
  }
  return readers;
}

/** True where nothing outside reads a node inside, but for the one that leaves. */
function isClosed(
  { nodes, output }: Occurrence,
  readers: ReadonlyMap<string, readonly string[]>,
): boolean {
  const inside = new Set(nodes.values());
  return [...inside].every(
    (id) => id === output || (readers.get(id) ?? []).every((reader) => inside.has(reader)),
  );
}

/** Walks both places against their wires, from the nodes that leave them. */
function match(
  design: Design,
  own: Occurrence,
  candidate: DesignNode,
  taken: ReadonlySet<string>,
): Occurrence | undefined {
  const nodes = new Map([[own.output, candidate.id]]);
  const used = new Set([candidate.id]);
  const outside = new Map<string, string>();
  for (const [id, there] of nodes) {
    const [one, other] = [design.nodes.get(id), design.nodes.get(there)];
    if (one === undefined || other === undefined || !isAlike(design, one, other)) return undefined;
    for (const [index, source] of one.from.entries()) {
      const twin = other.from[index] ?? "";
      const isInside = own.nodes.has(source);
      const known = (isInside ? nodes : outside).get(source);
      if (known !== undefined) {
        if (known !== twin) return undefined;
      } else if (isInside) {
        if (used.has(twin) || taken.has(twin)) return undefined;
        nodes.set(source, twin);
        used.add(twin);
      } else {
        outside.set(source, twin);
      }
    }
  }
  const inputs = own.inputs.map((source) => outside.get(source) ?? "");
  const isApart = inputs.every((source) => !used.has(source));
  const isSame = isApart && new Set(inputs).size === inputs.length && nodes.size === own.nodes.size;
  if (!isSame) return undefined;
  // In the order of the selection, which is that of the file.
  const sorted = [...own.nodes.keys()].map((id) => [id, nodes.get(id) ?? id] as const);
  return { nodes: new Map(sorted), inputs, output: candidate.id };
}

function isAlike(design: Design, one: DesignNode, other: DesignNode): boolean {
  return (
    one.type === other.type &&
    one.from.length === other.from.length &&
    optionsDiffer(design, one, other) !== unlike
  );
}
