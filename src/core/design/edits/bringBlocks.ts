import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { JsonValue } from "../../layers/option.ts";
import type { JsonObject, NamedEntry } from "../command.ts";
import { toValue, valueOf } from "../jsonTree.ts";
import { type DesignText, isObject } from "./designText.ts";
import { freeName } from "./freeName.ts";

/** Blocks that have to be added for pasted nodes, and what each block that they name is called here. */
export interface BroughtBlocks {
  readonly added: readonly NamedEntry[];
  readonly nameOf: (type: string) => string;
}

/** Finds which blocks come along: those the design lacks, and those it has differently, under names of their own. */
export function bringBlocks(
  document: DesignText,
  nodes: readonly NamedEntry[],
  blocks: readonly NamedEntry[],
): BroughtBlocks {
  const offered = new Map(blocks.map(({ name, entry }) => [name, entry]));
  const used = usedAmong(offered, nodes);
  const differing = new Set(used.filter((name) => differs(document, name, offered)));
  // A block that holds a differing one differs too, because it will name it differently.
  for (let size = -1; size !== differing.size;) {
    size = differing.size;
    for (const name of used) {
      if (typesIn(offered.get(name)).some((type) => differing.has(type))) differing.add(name);
    }
  }
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const name of differing) {
    const isTaken = (each: string) =>
      taken.has(each) || isType(document, each) || (each !== name && offered.has(each));
    const free = freeName(name, name, isTaken);
    taken.add(free);
    names.set(name, free);
  }
  const nameOf = (type: string) => names.get(type) ?? type;
  return {
    added: [...names].map(([name, free]) => ({
      name: free,
      entry: renamed(offered.get(name) ?? {}, nameOf),
    })),
    nameOf,
  };
}

function isType({ design, root }: DesignText, name: string): boolean {
  return (
    layerDefinition(name) !== undefined ||
    blockDefinition(name) !== undefined ||
    design.blocks.has(name) ||
    valueOf(valueOf(root, "blocks"), name) !== undefined
  );
}

function usedAmong(
  offered: ReadonlyMap<string, JsonObject>,
  nodes: readonly NamedEntry[],
): readonly string[] {
  // A layer or built-in block of the same name goes before a block of the file.
  const isUsed = (type: string) =>
    offered.has(type) && layerDefinition(type) === undefined && blockDefinition(type) === undefined;
  const used = new Set(nodes.flatMap(({ entry }) => typeOf(entry)).filter(isUsed));
  for (const name of used) {
    for (const type of typesIn(offered.get(name)).filter(isUsed)) used.add(type);
  }
  return [...used];
}

function differs(
  { root }: DesignText,
  name: string,
  offered: ReadonlyMap<string, JsonObject>,
): boolean {
  const tree = valueOf(valueOf(root, "blocks"), name);
  return tree === undefined || !isSame(toValue(tree), offered.get(name) ?? {});
}

/** Equal JSON; the order of keys means nothing but for nodes, where it does not change the network either. */
function isSame(one: JsonValue, other: JsonValue): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, inner: JsonValue) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function typeOf(entry: JsonValue | undefined): readonly string[] {
  return entry !== undefined && isObject(entry) && typeof entry["type"] === "string"
    ? [entry["type"]]
    : [];
}

function typesIn(block: JsonObject | undefined): readonly string[] {
  const nodes = block?.["nodes"];
  return nodes === undefined || !isObject(nodes) ? [] : Object.values(nodes).flatMap(typeOf);
}

function renamed(block: JsonObject, nameOf: (type: string) => string): JsonObject {
  const { nodes } = block;
  if (nodes === undefined || !isObject(nodes)) return block;
  const inner = Object.entries(nodes).map(([id, node]) => {
    const [type] = typeOf(node);
    return [
      id,
      isObject(node) && type !== undefined ? { ...node, type: nameOf(type) } : node,
    ] as const;
  });
  return { ...block, nodes: Object.fromEntries(inner) };
}
