import type { JsonEntry, JsonObjectTree, JsonTree } from "./jsonTree.ts";
import type { Problem, ProblemCode, Severity } from "./problem.ts";
import { quoteValue } from "./words.ts";
import { toValue } from "./jsonTree.ts";
import { t } from "../text/t.ts";

/** Most nodes that are read, those inside of user-defined blocks included. */
export const MOST_NODES = 20_000;

/** Most problems that are listed; a file with more is broken as a whole. */
const MOST_PROBLEMS = 1000;

/** What the reading of one text collects on its way. */
export class Reading {
  readonly problems: Problem[] = [];
  #nodes = 0;

  report(problem: Problem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  /** Counts one node; false, with a problem at the first one, where there are too many. */
  takesNode(entry: JsonEntry): boolean {
    this.#nodes++;
    if (this.#nodes === MOST_NODES + 1) {
      this.report({
        severity: "error",
        code: "tooLarge",
        message: t(
          "The design has more than {0} nodes: {1} and everything after it is left out.",
          MOST_NODES,
          entry.key,
        ),
        range: entry.keyRange,
      });
    }
    return this.#nodes <= MOST_NODES;
  }

  /** The value as an object, or nothing and a problem that says what stands there instead. */
  objectOf(
    tree: JsonTree | undefined,
    name: string,
    shape: string,
    node?: string,
  ): JsonObjectTree | undefined {
    if (tree === undefined || tree.kind === "object") return tree;
    this.wrong(
      tree,
      t("{0} must be an object {1}, not {2}.", name, shape, quoteValue(toValue(tree))),
      {
        node,
      },
    );
    return undefined;
  }

  /** Reports a value that cannot be what it is. */
  wrong(
    tree: JsonTree,
    message: string,
    more: {
      readonly node?: string | undefined;
      readonly option?: string | undefined;
      readonly code?: ProblemCode;
      readonly severity?: Severity;
    } = {},
  ): void {
    const { severity = "error", code = "invalidValue", node, option } = more;
    this.report({
      severity,
      code,
      message,
      ...(node === undefined ? {} : { node }),
      ...(option === undefined ? {} : { option }),
      range: { offset: tree.offset, length: tree.length },
    });
  }

  /** The entries of an object without those that a later one of the same key replaces, which are reported. */
  uniqueEntries(tree: JsonObjectTree, owner: string, node?: string): readonly JsonEntry[] {
    const last = new Map<string, JsonEntry>();
    for (const entry of tree.entries) last.set(entry.key, entry);
    if (last.size === tree.entries.length) return tree.entries;
    return tree.entries.filter((entry) => {
      if (last.get(entry.key) === entry) return true;
      this.report({
        severity: "error",
        code: "duplicateKey",
        message: t(
          "{0} has {1} twice: only the last one holds. Remove or rename this one.",
          owner,
          quoteValue(entry.key),
        ),
        ...(node === undefined ? {} : { node }),
        range: entry.keyRange,
      });
      return false;
    });
  }
}
