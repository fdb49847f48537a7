import type { BlockCommand, TextEdit } from "../command.ts";
import type { CommandEdits } from "../applyWith.ts";
import { definitionDesign } from "../definitionDesign.ts";
import { type JsonObjectTree, valueOf } from "../jsonTree.ts";
import { addNode } from "./addNode.ts";
import { type DesignText, designText, Refusal, replaceTree } from "./designText.ts";
import { removeNodes, survivor } from "./removeNodes.ts";
import { renameNode } from "./renameNode.ts";
import { setOption } from "./setOption.ts";
import { connect, disconnect } from "./wires.ts";
import { t } from "../../text/t.ts";

/** Makes one change inside the definition of a block of the file, which every use of the block follows. */
export function editDefinition(
  document: DesignText,
  name: string,
  command: BlockCommand,
): CommandEdits {
  const tree = valueOf(valueOf(document.root, "blocks"), name);
  const inner = definitionDesign(document.design, name);
  if (tree?.kind !== "object" || inner === undefined) {
    throw new Refusal(t("The file defines no block {0} that can be edited.", JSON.stringify(name)));
  }
  const definition: DesignText = {
    ...designText(document.text, tree, inner),
    style: document.style,
  };
  const output = document.design.blocks.get(name)?.output ?? "";
  return editInside(definition, tree, output, command);
}

function editInside(
  definition: DesignText,
  tree: JsonObjectTree,
  output: string,
  command: BlockCommand,
): CommandEdits {
  const leaveAt = (id: string): readonly TextEdit[] => {
    const written = valueOf(tree, "output");
    return written === undefined || id === output ? [] : [replaceTree(written, JSON.stringify(id))];
  };
  switch (command.type) {
    case "addNode": {
      // Places on the canvas are those of nodes of the design.
      const { position: _, ...unplaced } = command;
      const { edits, created } = addNode(definition, unplaced);
      const isLast = command.onto === undefined && command.from?.includes(output) === true;
      return { created, edits: [...edits, ...(isLast ? leaveAt(created) : [])] };
    }
    case "removeNodes": {
      const edits = removeNodes(definition, command.nodes);
      return { edits: [...edits, ...leaveAt(outputWithout(definition, output, command.nodes))] };
    }
    case "renameNode": {
      const { node, name } = command;
      if (node !== name && definition.design.nodes.has(name)) {
        throw new Refusal(t("There is a node {0} already: choose another name.", name));
      }
      const edits = renameNode(definition, node, name);
      return { edits: [...edits, ...(node === output ? leaveAt(name) : [])] };
    }
    case "connect":
      return { edits: connect(definition, command.from, command.to) };
    case "disconnect":
      return { edits: disconnect(definition, command.from, command.to) };
    case "setOption":
      return { edits: setOption(definition, command.nodes, command.option, command.value) };
  }
}

/** What leaves the block once these nodes are gone. */
function outputWithout(definition: DesignText, output: string, nodes: readonly string[]): string {
  const next = survivor(definition, output, new Set(nodes));
  const isInside = next !== undefined && definition.nodes.has(next);
  if (isInside) return next;
  throw new Refusal(
    t(
      "Nothing would be left that leaves the block: {0} is its output, and no other node stands before it.",
      output,
    ),
  );
}
