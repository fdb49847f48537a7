import type { Design, DesignNode } from "./design.ts";

/** The entry of the file that a part of the network comes from. */
export interface WrittenPart {
  readonly node: DesignNode;
  /** Path of the part: `unit/2/first`. */
  readonly path: string;
  /** The block of the file in whose definition the node is written; absent for a node of the design. */
  readonly block?: string;
  /** True where the part is only what a built-in block, or a repetition, makes of the node. */
  readonly isMade: boolean;
}

/** Finds where a part of the network is written, by its path; `undefined` where the design has no such node. */
export function writtenPart(design: Design, path: string): WrittenPart | undefined {
  const names = path.split("/");
  let nodes = design.nodes;
  let block: string | undefined;
  for (let place = 0; ;) {
    const node = nodes.get(names[place] ?? "");
    if (node === undefined) return undefined;
    const own = names.slice(0, place + 1).join("/");
    const part = { node, path: own, ...(block === undefined ? {} : { block }) };
    const source = design.blocks.get(node.type);
    const isCopy = isNumber(names[place + 1]) && source?.nodes.has(names[place + 1] ?? "") !== true;
    const next = place + (isCopy ? 2 : 1);
    if (next >= names.length || source === undefined) {
      return { ...part, isMade: place + 1 < names.length };
    }
    place = next;
    nodes = source.nodes;
    block = node.type;
  }
}

const isNumber = (name: string | undefined): boolean => name !== undefined && /^\d+$/.test(name);
