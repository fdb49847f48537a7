import type { EditCommand, EditResult } from "./command.ts";

/** Turns a command into minimal edits of the text, keeping comments and formatting. */
export function applyCommand(text: string, command: EditCommand): EditResult {
  throw new Error(`not written yet (${text.length}, ${command.type})`);
}
