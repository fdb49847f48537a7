import type { EditCommand, EditResult } from "../../src/core/design/command.ts";
import type { ParsedDesign } from "../../src/core/design/parse.ts";
import { applySmall } from "../../src/core/design/editSmall.ts";

type Apply = (edited: ParsedDesign, command: EditCommand) => EditResult;

let apply: Apply = applySmall;
let last:
  | { readonly text: string; readonly command: string; readonly result: EditResult }
  | undefined;

/** From now on these commands can be done; whoever makes large ones brings them along. */
export function bringCommands(all: Apply): void {
  apply = all;
}

/** Does a command, with the last answer remembered: what was tried while typing is done by Enter. */
export function applyRemembering(edited: ParsedDesign, command: EditCommand): EditResult {
  const { text } = edited;
  const key = JSON.stringify(command);
  if (last?.text !== text || last.command !== key) {
    last = { text, command: key, result: apply(edited, command) };
  }
  return last.result;
}
