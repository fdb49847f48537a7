import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import { applyEdits } from "../applyEdits.ts";
import type { BlockCommand, EditCommand, EditResult } from "../command.ts";
import { applyCommand } from "../edit.ts";
import { freeName } from "../edits/freeName.ts";
import { parseDesign } from "../parse.ts";

/** The command that turns a node of a built-in block into a block of the file that computes the same, or why not. */
export function ownBlock(
  text: string,
  id: string,
): EditCommand | Extract<EditResult, { readonly type: "refused" }> {
  const expand: EditCommand = { type: "expandBlocks", nodes: [id] };
  const expanded = applyCommand(text, expand);
  if (expanded.type === "refused") return expanded;
  const before = parseDesign(text).design;
  const after = parseDesign(applyEdits(text, expanded.edits)).design;
  const inner = [...after.nodes.keys()].filter((name) => !before.nodes.has(name));
  const isTaken = (name: string): boolean =>
    before.blocks.has(name) ||
    layerDefinition(name) !== undefined ||
    blockDefinition(name) !== undefined;
  const block = freeName(id, id, isTaken);
  const group: EditCommand = { type: "createBlock", nodes: inner, name: block, withOthers: false };
  const grouped = applyCommand(text, { type: "sequence", commands: [expand, group] });
  if (grouped.type === "refused") return grouped;
  const { created = block } = grouped;
  const place = before.canvas.get(id);
  return {
    type: "sequence",
    commands: [
      expand,
      group,
      ...shorterNames(id, inner).map((command): EditCommand => ({
        type: "editBlock",
        block,
        command,
      })),
      ...(created === id ? [] : [{ type: "renameNode", node: created, name: id } as const]),
      ...(place === undefined ? [] : [{ type: "moveNodes", positions: { [id]: place } } as const]),
    ],
  };
}

/** `conv1` for `stage_conv1`, as the parts were called inside of the block. */
function shorterNames(id: string, inner: readonly string[]): readonly BlockCommand[] {
  const taken = new Set(inner);
  return inner.flatMap((node): readonly BlockCommand[] => {
    const rest = node.startsWith(`${id}_`) ? node.slice(id.length + 1) : node;
    // A number alone is what the copies of a block are called.
    const name = /^\d+$/.test(rest) ? `copy${rest}` : rest;
    if (taken.has(name) || name === "x") return [];
    taken.add(name);
    return [{ type: "renameNode", node, name }];
  });
}
