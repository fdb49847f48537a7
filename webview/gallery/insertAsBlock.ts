import { blockDefinition } from "../../src/core/blocks/blocks.ts";
import type { EditCommand, JsonObject, NamedEntry } from "../../src/core/design/command.ts";
import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";
import { blockEntries, sourcesOf } from "./insertNetwork.ts";

/** The nodes that one hangs on, and itself: what only trains the network beside its output is left out. */
function leadingTo(nodes: ReadonlyMap<string, JsonObject>, output: string): ReadonlySet<string> {
  const found = new Set([output]);
  for (const id of found) {
    for (const source of sourcesOf(nodes.get(id) ?? {})) found.add(source);
  }
  return found;
}

/** The node that nobody reads; of several the one that is called so, else the last. */
function outputOf(nodes: ReadonlyMap<string, JsonObject>): string {
  const read = new Set([...nodes.values()].flatMap(sourcesOf));
  const ends = [...nodes.keys()].filter((id) => !read.has(id));
  return ends.find((id) => id === "output") ?? ends.at(-1) ?? "";
}

/**
 * Puts a network as one block of the file behind a node, which takes the place of its image; with the image where there
 * is none. Its own blocks come along, and it is one undo step.
 */
export function insertAsBlock(network: ZooNetwork, behind: string | undefined): EditCommand {
  const nodes = new Map(Object.entries(network.nodes as Readonly<Record<string, JsonObject>>));
  const [image = "", imageEntry] = [...nodes].find(([, { type }]) => type === "input") ?? [];
  const output = outputOf(nodes);
  const needed = leadingTo(nodes, output);
  const inner = [...nodes].filter(([name]) => name !== image && needed.has(name));
  const { id } = network;
  // Some show one block that has the same name.
  const type = blockDefinition(id) === undefined ? id : `${id}Network`;
  const block = { inputs: [image], nodes: Object.fromEntries(inner), output };
  return {
    type: "pasteNodes",
    nodes: [
      ...(behind === undefined && imageEntry !== undefined
        ? [{ name: image, entry: imageEntry } satisfies NamedEntry]
        : []),
      { name: id, entry: { type, from: behind ?? image } },
    ],
    blocks: [...blockEntries(network), { name: type, entry: block }],
  };
}
