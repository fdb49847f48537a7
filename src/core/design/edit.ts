import { applyWith, type CommandEdits, type EditedText, type SingleCommand } from "./applyWith.ts";
import type { EditCommand, EditResult } from "./command.ts";
import { isLarge, smallEdits } from "./editSmall.ts";
import { createBlock } from "./edits/createBlock.ts";
import type { DesignText } from "./edits/designText.ts";
import { expandBlocks } from "./edits/expandBlocks.ts";
import { pasteNodes } from "./edits/pasteNodes.ts";

/** Turns a command into minimal edits of the text, keeping comments and formatting; never throws for any text. */
export const applyCommand = (edited: EditedText, command: EditCommand): EditResult =>
  applyWith(editsFor, edited, command);

function editsFor(document: DesignText, command: SingleCommand): CommandEdits {
  if (!isLarge(command)) return smallEdits(document, command);
  switch (command.type) {
    case "pasteNodes":
      return { edits: pasteNodes(document, command) };
    case "createBlock":
      return createBlock(document, command);
    case "expandBlocks":
      return { edits: expandBlocks(document, command.nodes) };
  }
}
