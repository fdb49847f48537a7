import { applyCommand } from "../../src/core/design/edit.ts";
import { ownBlock } from "../../src/core/design/grouping/ownBlock.ts";
import type { Application } from "../state/application.ts";
import { bringCommands } from "../state/applyRemembering.ts";
import { t } from "../text/t.ts";

bringCommands(applyCommand);

/** Turns a node of a built-in block into a block of the file, whose inside can be edited, as one undo step. */
export function makeOwn(application: Application, node: string): void {
  const command = ownBlock(application.store.get().shown.parsed.text, node);
  if (command.type === "refused") {
    application.notify({ severity: "error", text: command.message, actions: [] });
  } else if (application.edit(command).type === "done") {
    application.say(t("{0} is a block of this file now: its inside can be edited.", node));
  }
}
