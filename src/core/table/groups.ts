import type { Network, NetworkBlock } from "../network/network.ts";

/** A block, or one copy of a block that repeats. */
export interface Group {
  /** Path, `stage` for a block and `stage/2` for its second copy. */
  readonly id: string;
  readonly node: string;
  readonly type: string;
  readonly repeat: number;
  /** Layer whose output leaves it; absent when the inside is broken. */
  readonly output?: string;
}

/** The blocks of a network and their copies, and which of them is directly around each layer, copy and block. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly around: ReadonlyMap<string, Group>;
}

/** What stands inside of what. */
export function groupsOf(network: Network): Groups {
  const groups: Group[] = [];
  const around = new Map<string, Group>();
  const outputs = copyOutputs(network);
  for (const block of network.blocks) {
    const { id, node, type, repeat, output } = block;
    const whole = { id, node, type, repeat, ...(output === undefined ? {} : { output }) };
    groups.push(whole);
    let copy: Group | undefined;
    for (const child of block.children) {
      const copyId = copyOf(child, block);
      if (copyId !== undefined && copy?.id !== copyId) {
        const leaves = outputs.get(copyId);
        copy = {
          id: copyId,
          node,
          type,
          repeat: 1,
          ...(leaves === undefined ? {} : { output: leaves }),
        };
        groups.push(copy);
        around.set(copyId, whole);
      }
      around.set(child, copyId === undefined ? whole : (copy ?? whole));
    }
  }
  return { groups, around };
}

/** `stage/2` for `stage/2/conv1` in a stage that repeats. */
function copyOf(child: string, { id, repeat }: NetworkBlock): string | undefined {
  const end = child.indexOf("/", id.length + 1);
  return repeat === 1 || end === -1 ? undefined : child.slice(0, end);
}

/** The layer by which each copy is left: the one that is read outside of it. */
function copyOutputs({ blocks, layers }: Network): ReadonlyMap<string, string> {
  const repeated = new Map(
    blocks.filter(({ repeat }) => repeat > 1).map((each) => [each.id, each]),
  );
  const outputs = new Map<string, string>();
  const leave = (output: string, reader: string | undefined): void => {
    for (let end = output.indexOf("/"); end !== -1; end = output.indexOf("/", end + 1)) {
      const block = repeated.get(output.slice(0, end));
      const copy = block && copyOf(output, block);
      if (copy !== undefined && !reader?.startsWith(`${copy}/`)) outputs.set(copy, output);
    }
  };
  for (const { id, inputs } of layers) {
    for (const input of inputs) leave(input, id);
  }
  for (const { output } of blocks) {
    if (output !== undefined) leave(output, undefined);
  }
  return outputs;
}
