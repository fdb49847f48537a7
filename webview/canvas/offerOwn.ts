import { blockDefinition } from "../../src/core/blocks/blocks.ts";
import { writtenPart } from "../../src/core/design/writtenPart.ts";
import type { Application } from "../state/application.ts";
import { t } from "../text/t.ts";

/** Turns the built-in block at a node into one of the file. */
export async function makeOwnBlock(application: Application, node: string): Promise<void> {
  const { makeOwn } = await import("../arrange/makeOwn.ts");
  makeOwn(application, node);
}

/** Where a part of a built-in block was to be edited: says why that cannot be, and what can; false elsewhere. */
export function offerOwn(application: Application, path: string): boolean {
  const part = writtenPart(application.store.get().drawn.parsed.design, path);
  if (part?.isMade !== true || blockDefinition(part.node.type) === undefined) return false;
  const { path: owner, block } = part;
  application.notify({
    severity: "information",
    text: t("The inside of {0} follows from its options, so it cannot be edited by itself.", owner),
    actions:
      block === undefined
        ? [{ title: t("Make It My Own"), run: () => void makeOwnBlock(application, owner) }]
        : [],
  });
  return true;
}
