import type { TextEdit } from "../command.ts";
import { entryOf } from "../jsonTree.ts";
import { nameFault } from "../parseNodes.ts";
import { type DesignText, nodeTree, Refusal, sectionOf } from "./designText.ts";
import { rewire } from "./wires.ts";
import { t } from "../../text/t.ts";

/** Renames a node where it stands, in every `from` and on the canvas. */
export function renameNode(document: DesignText, id: string, name: string): readonly TextEdit[] {
  nodeTree(document, id);
  if (id === name) return [];
  const fault = nameFault(name);
  if (fault !== undefined) {
    throw new Refusal(t("{0} cannot be the name of a node: {1}", JSON.stringify(name), fault));
  }
  const nodes = sectionOf(document, "nodes");
  if (document.nodes.has(name)) {
    throw new Refusal(t("There is a node {0} already: choose another name.", name));
  }
  const canvas = document.root.entries.findLast(({ key }) => key === "canvas")?.value;
  const keys = [entryOf(nodes, id), entryOf(canvas, id)].flatMap((entry) =>
    entry === undefined ? [] : [{ ...entry.keyRange, text: JSON.stringify(name) }],
  );
  const readers = [...document.design.nodes.values()].filter(({ from }) => from.includes(id));
  return [
    ...keys,
    ...readers.flatMap((reader) =>
      rewire(document, reader.id, (source) => (source === id ? name : source)),
    ),
  ];
}
