import type { EditCommand } from "../../src/core/design/command.ts";
import { applyCommand } from "../../src/core/design/edit.ts";

type Applied = ReturnType<typeof applyCommand>;

let last: { readonly text: string; readonly command: string; readonly result: Applied } | undefined;

/** `applyCommand` with its last answer remembered: what was tried while typing is done by Enter. */
export function applyRemembering(text: string, command: EditCommand): Applied {
  const key = JSON.stringify(command);
  if (last?.text !== text || last.command !== key) {
    last = { text, command: key, result: applyCommand(text, command) };
  }
  return last.result;
}
