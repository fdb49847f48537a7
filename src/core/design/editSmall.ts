import type { EditCommand, EditResult, TextEdit } from "./command.ts";
import { applyWith, type CommandEdits, type EditedText, type SingleCommand } from "./applyWith.ts";
import { addNode } from "./edits/addNode.ts";
import { addSections, type DesignText, Refusal, replaceTree } from "./edits/designText.ts";
import { editDefinition } from "./edits/editDefinition.ts";
import { forgetPositions, moveNodes } from "./edits/placeNodes.ts";
import { removeNodes } from "./edits/removeNodes.ts";
import { renameNode } from "./edits/renameNode.ts";
import { setOption } from "./edits/setOption.ts";
import { setTraining } from "./edits/setTraining.ts";
import { connect, disconnect } from "./edits/wires.ts";
import { valueOf } from "./jsonTree.ts";
import { t } from "../text/t.ts";

/** Commands whose code is large and needed by few gestures: the canvas loads it with those. */
export type LargeCommand = Extract<
  EditCommand,
  { readonly type: "pasteNodes" | "createBlock" | "expandBlocks" }
>;

/** Every other single command. */
export type SmallCommand = Exclude<SingleCommand, LargeCommand>;

/** True for a command that `smallEdits` does not know. */
export const isLarge = (command: SingleCommand): command is LargeCommand =>
  command.type === "pasteNodes" ||
  command.type === "createBlock" ||
  command.type === "expandBlocks";

/** `applyCommand` without the large commands, which it refuses. */
export const applySmall = (edited: EditedText, command: EditCommand): EditResult =>
  applyWith(
    (document, one) => {
      if (isLarge(one)) throw new Refusal(t("This is still being loaded. Do it again."));
      return smallEdits(document, one);
    },
    edited,
    command,
  );

/** The edits of a command that is not large. */
export function smallEdits(document: DesignText, command: SmallCommand): CommandEdits {
  switch (command.type) {
    case "addNode":
      return addNode(document, command);
    case "removeNodes":
      return { edits: removeNodes(document, command.nodes) };
    case "renameNode":
      return { edits: renameNode(document, command.node, command.name) };
    case "connect":
      return { edits: connect(document, command.from, command.to) };
    case "disconnect":
      return { edits: disconnect(document, command.from, command.to) };
    case "setOption":
      return { edits: setOption(document, command.nodes, command.option, command.value) };
    case "moveNodes":
      return { edits: moveNodes(document, command.positions) };
    case "resetPositions":
      return { edits: forgetPositions(document, new Set(command.nodes)) };
    case "setTraining":
      return { edits: setTraining(document, command.path, command.value) };
    case "editBlock":
      return editDefinition(document, command.block, command.command);
    case "setName":
      return { edits: setName(document, command.name) };
  }
}

function setName(document: DesignText, name: string): readonly TextEdit[] {
  const tree = valueOf(document.root, "name");
  if (tree === undefined) return addSections(document, { name });
  return document.design.name === name ? [] : [replaceTree(tree, JSON.stringify(name))];
}
