import type { EditCommand, JsonObject, NamedEntry } from "../../src/core/design/command.ts";
import type { Design } from "../../src/core/design/design.ts";
import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";

/** Names of the nodes that an entry reads. */
export const sourcesOf = ({ from }: JsonObject): readonly string[] => {
  const sources = Array.isArray(from) ? from : [from];
  return sources.filter((source): source is string => typeof source === "string");
};

/** The blocks that a network defines for itself. */
export const blockEntries = ({ blocks = {} }: ZooNetwork): readonly NamedEntry[] =>
  Object.entries(blocks).map(([name, block]) => ({
    name,
    entry: { ...block } as unknown as JsonObject,
  }));

/** The entry with every source under the name that `rename` gives it. */
function rewired(entry: JsonObject, rename: (source: string) => string): JsonObject {
  const { from } = entry;
  if (from === undefined) {
    return entry;
  }
  const sources = sourcesOf(entry).map(rename);
  return { ...entry, from: Array.isArray(from) ? sources : (sources[0] ?? "") };
}

/** The node that a network is put behind: the selected one, else the image, because every network begins with one. */
export function insertsBehind(design: Design, selection: readonly string[]): string | undefined {
  const selected = selection.map((path) => path.split("/")[0] ?? path);
  return (
    selected.find((id) => design.nodes.has(id)) ??
    [...design.nodes.values()].find(({ type }) => type === "input")?.id
  );
}

/**
 * Puts the whole of a network behind a node, which takes the place of its image; with the image where there is none.
 * Its blocks come along, names in use are changed, and it is one undo step.
 */
export function insertNetwork(network: ZooNetwork, behind: string | undefined): EditCommand {
  const entries = Object.entries<JsonObject>(network.nodes as Readonly<Record<string, JsonObject>>);
  const image = entries.find(([, { type }]) => type === "input")?.[0];
  const isImage = (name: string): boolean => behind !== undefined && name === image;
  // A node of the network may be called like the one that it is put behind.
  const own = (name: string): string => (name === behind ? `${name}_2` : name);
  const rename = (source: string): string => (isImage(source) ? (behind ?? source) : own(source));
  return {
    type: "pasteNodes",
    nodes: entries
      .filter(([name]) => !isImage(name))
      .map(([name, entry]): NamedEntry => ({ name: own(name), entry: rewired(entry, rename) })),
    blocks: blockEntries(network),
  };
}
