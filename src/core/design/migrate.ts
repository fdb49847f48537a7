import type { JsonTree } from "./jsonTree.ts";

/** Rewrites the tree of one version into that of the next; the places of what it keeps stay those of the text. */
export type Migration = (root: JsonTree) => JsonTree;

/** The migration at index `n` reads version `n + 1`; there is none yet, because version 1 is the first. */
const migrations: readonly Migration[] = [];

/** Version of the format that this program writes. */
export const CURRENT_VERSION = 1;

/** Brings the tree of an older version up to the current one. */
export function migrate(root: JsonTree, version: number): JsonTree {
  return migrations.slice(version - 1).reduce((tree, migration) => migration(tree), root);
}
