import * as v from "valibot";
import type { NamedEntry, Position } from "../core/design/command.ts";
import { namedEntries, position } from "./editSchema.ts";

/** Text of copied nodes, and what a text that fits into `nodes` has no place for. */
export interface CopiedNodes {
  readonly text: string;
  /** Blocks of the file that the nodes use. */
  readonly blocks: readonly NamedEntry[];
  /** Where the nodes stood, by their names. */
  readonly positions: Readonly<Record<string, Position>>;
}

/** How copied nodes are checked where they come in. */
export const copiedNodes: v.GenericSchema<CopiedNodes> = v.object({
  text: v.string(),
  blocks: namedEntries,
  positions: v.record(v.string(), position),
});

/** Copied nodes that were kept in a file, or nothing where the file holds something else. */
export function parseCopiedNodes(kept: unknown): CopiedNodes | undefined {
  const result = v.safeParse(copiedNodes, kept);
  return result.success ? result.output : undefined;
}
