import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { BlockCommand, EditCommand } from "../../src/core/design/command.ts";
import { definitionDesign } from "../../src/core/design/definitionDesign.ts";
import type { Design } from "../../src/core/design/design.ts";
import { writtenPart } from "../../src/core/design/writtenPart.ts";
import type { Network } from "../../src/core/network/network.ts";
import { t } from "../text/t.ts";

/** The definition of a block of the file, seen through one of its uses. */
export interface Definition {
  readonly block: string;
  /** Its inside as a design. */
  readonly design: Design;
  /** Path of the use. */
  readonly around: string;
}

/** What a person edits of a definition: one of its nodes, at its path in a use. */
export interface DefinitionPart extends Definition {
  readonly node: string;
}

/** The node of a definition that a part of the network is; `undefined` for nodes of the design and what blocks make. */
export function definitionPart(
  { parsed }: AnalyzedDesign,
  path: string,
): DefinitionPart | undefined {
  const part = writtenPart(parsed.design, path);
  const inner = part?.block && definitionDesign(parsed.design, part.block);
  if (part?.block === undefined || part.isMade || !inner) return undefined;
  const around = path.slice(0, path.lastIndexOf("/"));
  return { block: part.block, design: inner, around, node: part.node.id };
}

/** The definition of the block at a path, or of the block that a copy is of. */
export function definitionAt({ parsed }: AnalyzedDesign, path: string): Definition | undefined {
  const part = writtenPart(parsed.design, path);
  const type = part?.node.type ?? "";
  const isOwn = part !== undefined && /^(\/\d+)?$/.test(path.slice(part.path.length));
  const inner = isOwn ? definitionDesign(parsed.design, type) : undefined;
  return inner && { block: type, design: inner, around: path };
}

/** Makes a command one on a definition. */
export const inDefinition = (block: string, command: BlockCommand): EditCommand => ({
  type: "editBlock",
  block,
  command,
});

/** How often a block stands in the network, copies counted. */
export const usesOf = ({ blocks }: Network, block: string): number =>
  blocks.reduce((sum, { type, repeat }) => sum + (type === block ? repeat : 0), 0);

/** What an edit of a definition means: `pair is used 3 times: an edit changes all of them.` */
export function usesWords(network: Network, block: string): string {
  const uses = usesOf(network, block);
  return uses === 1
    ? t("{0} is used once.", block)
    : t("{0} is used {1} times: an edit in it changes all of them.", block, uses);
}
