import type { EditCommand } from "../../src/core/design/command.ts";
import type { Design } from "../../src/core/design/design.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { t } from "../text/t.ts";

/** What dropping a wire would do, or in words why it cannot be done. */
export type Connection =
  | {
      readonly type: "allowed";
      readonly command: EditCommand & { readonly type: "connect" };
      /** Node whose wire makes room, because the input takes only one. */
      readonly replaces?: string;
    }
  | { readonly type: "refused"; readonly message: string };

const refused = (message: string): Connection => ({ type: "refused", message });

/** Everything that a node hangs on, and the node itself. */
function ancestorsOf(design: Design, id: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!seen.has(next)) {
      seen.add(next);
      waiting.push(...(design.nodes.get(next)?.from ?? []));
    }
  }
  return seen;
}

/** Everything that hangs on a node, and the node itself. */
function descendantsOf(design: Design, id: string): ReadonlySet<string> {
  const readers = new Map<string, string[]>();
  for (const node of design.nodes.values()) {
    for (const source of node.from) {
      readers.set(source, [...(readers.get(source) ?? []), node.id]);
    }
  }
  const seen = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!seen.has(next)) {
      seen.add(next);
      waiting.push(...(readers.get(next) ?? []));
    }
  }
  return seen;
}

/** The nodes from which a wire into this one is allowed, in the order of the file. */
export function connectableTo(design: Design, to: string): readonly string[] {
  const target = design.nodes.get(to);
  if (target === undefined || catalogEntry(target.type, design.blocks)?.inputs.maximum === 0) {
    return [];
  }
  const circular = descendantsOf(design, to);
  return [...design.nodes.keys()].filter((id) => !circular.has(id) && !target.from.includes(id));
}

/** Nodes that a wire from this port cannot end at. */
export function refusedEnds(design: Design, node: string, isBackwards: boolean): Set<string> {
  const circular = isBackwards ? descendantsOf(design, node) : ancestorsOf(design, node);
  const ends = [...design.nodes.keys()].filter((end) => {
    if (end === node) {
      return false;
    }
    const [from, to] = isBackwards ? [end, node] : [node, end];
    return circular.has(end) || connection(design, from, to, nothing).type === "refused";
  });
  return new Set(ends);
}

const nothing: ReadonlySet<string> = new Set();

/** A wire from one node into the next free input of another, or in place of its last one. */
export function connection(
  design: Design,
  from: string,
  to: string,
  ancestors = ancestorsOf(design, from),
): Connection {
  const [source, target] = [design.nodes.get(from), design.nodes.get(to)];
  if (source === undefined || target === undefined) {
    return refused(t("Layers inside a block are wired by the block itself."));
  }
  if (from === to) {
    return refused(t("{0} cannot feed itself.", from));
  }
  const entry = catalogEntry(target.type, design.blocks);
  if (entry?.inputs.maximum === 0) {
    return refused(t("{0} is where the image enters; nothing can feed it.", to));
  }
  if (target.from.includes(from)) {
    return refused(t("{0} feeds {1} already.", from, to));
  }
  if (ancestors.has(to)) {
    return refused(t("A wire from {0} to {1} would close a circle.", from, to));
  }
  const isFull = entry !== undefined && target.from.length >= entry.inputs.maximum;
  const index = isFull ? target.from.length - 1 : target.from.length;
  const replaces = isFull ? target.from[index] : undefined;
  return {
    type: "allowed",
    command: { type: "connect", from, to: { node: to, index } },
    ...(replaces === undefined ? {} : { replaces }),
  };
}
