import type { Design } from "../../src/core/design/design.ts";

/** A node under its old and its new name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The one node whose name differs between two designs that list the same nodes in the same order. */
export function renamedNode(before: Design, after: Design): Renaming | undefined {
  if (before === after || before.nodes.size !== after.nodes.size) {
    return undefined;
  }
  const names = [...after.nodes.keys()];
  const different = [...before.nodes.keys()].flatMap((from, index) => {
    const to = names[index] ?? "";
    return from === to ? [] : [{ from, to }];
  });
  const [renaming, ...more] = different;
  const isOne =
    renaming !== undefined &&
    more.length === 0 &&
    !after.nodes.has(renaming.from) &&
    before.nodes.get(renaming.from)?.type === after.nodes.get(renaming.to)?.type;
  return isOne ? renaming : undefined;
}
