import type { EditCommand } from "../../src/core/design/command.ts";
import type { Design } from "../../src/core/design/design.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { t } from "../text/t.ts";

/** What dropping a wire would do, or in words why it cannot be done. */
export type Connection =
  | {
      readonly type: "allowed";
      readonly command: EditCommand;
      /** Node whose wire makes room, because the input takes only one. */
      readonly replaces?: string;
    }
  | { readonly type: "refused"; readonly message: string };

const refused = (message: string): Connection => ({ type: "refused", message });

/** True where following the wires from `from` forwards arrives at `to`. */
function leadsTo(design: Design, from: string, to: string): boolean {
  // Walked backwards from `to`, because nodes know what feeds them.
  const seen = new Set<string>();
  const waiting = [to];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === from) {
      return true;
    }
    if (!seen.has(id)) {
      seen.add(id);
      waiting.push(...(design.nodes.get(id)?.from ?? []));
    }
  }
  return false;
}

/** A wire from one node into the next free input of another, or in place of its last one. */
export function connection(design: Design, from: string, to: string): Connection {
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
  if (leadsTo(design, to, from)) {
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
