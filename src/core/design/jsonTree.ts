import type { JsonValue } from "../layers/option.ts";
import type { TextRange } from "./problem.ts";

/** Keys and indices from the top of the file to a value, for example `["nodes", "c1", "filters"]`. */
export type JsonPath = readonly (string | number)[];

/** One `"key": value` of an object. */
export interface JsonEntry {
  readonly key: string;
  /** The key with its quotes. */
  readonly keyRange: TextRange;
  /** Absent where the text stops before it, as in the middle of an edit. */
  readonly value?: JsonTree;
}

export interface JsonObjectTree extends TextRange {
  readonly kind: "object";
  readonly entries: readonly JsonEntry[];
}

export interface JsonArrayTree extends TextRange {
  readonly kind: "array";
  readonly items: readonly JsonTree[];
}

export interface JsonScalarTree extends TextRange {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A JSON value with the places of all its parts. */
export type JsonTree = JsonObjectTree | JsonArrayTree | JsonScalarTree;

/** The entry that holds for a key: the last one, as `JSON.parse` has it. */
export function entryOf(tree: JsonTree | undefined, key: string): JsonEntry | undefined {
  return tree?.kind === "object" ? tree.entries.findLast((entry) => entry.key === key) : undefined;
}

/** The value of a key, or `undefined` where it is not there. */
export function valueOf(tree: JsonTree | undefined, key: string): JsonTree | undefined {
  return entryOf(tree, key)?.value;
}

/** The value at the end of a path. */
export function findTree(root: JsonTree | undefined, path: JsonPath): JsonTree | undefined {
  let tree = root;
  for (const step of path) {
    tree = typeof step === "string" ? valueOf(tree, step) : itemOf(tree, step);
  }
  return tree;
}

function itemOf(tree: JsonTree | undefined, index: number): JsonTree | undefined {
  return tree?.kind === "array" ? tree.items[index] : undefined;
}

/** The plain value; keys without a value are left out. */
export function toValue(tree: JsonTree): JsonValue {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "array":
      return tree.items.map(toValue);
    case "object":
      // fromEntries defines even `__proto__` as a key of its own.
      return Object.fromEntries(
        tree.entries.flatMap(({ key, value }) =>
          value === undefined ? [] : [[key, toValue(value)] as const],
        ),
      );
  }
}

/** Only the place of a tree or token. */
export function rangeOf({ offset, length }: TextRange): TextRange {
  return { offset, length };
}
