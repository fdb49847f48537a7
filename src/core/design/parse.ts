import type { Position } from "./command.ts";
import type { Budget, Design, DesignNode } from "./design.ts";
import {
  entryOf,
  findTree,
  type JsonEntry,
  type JsonObjectTree,
  type JsonPath,
  type JsonTree,
  rangeOf,
  toValue,
  valueOf,
} from "./jsonTree.ts";
import { liftNested } from "./liftNested.ts";
import { CURRENT_VERSION, migrate } from "./migrate.ts";
import { nearestName } from "./nearestName.ts";
import { parseBlocks } from "./parseBlocks.ts";
import { parseNodes } from "./parseNodes.ts";
import { parseTraining } from "./parseTraining.ts";
import { readGiven } from "./readGiven.ts";
import type { Problem, TextRange } from "./problem.ts";
import { Reading } from "./reading.ts";
import { type ReadJson, readJson } from "./readJson.ts";
import { readPosition } from "./readPosition.ts";
import { budgetOptions } from "./recipeOptions.ts";
import { didYouMean, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

/** A design as far as its text could be understood, with the places of its parts. */
export interface ParsedDesign {
  readonly text: string;
  /** The JSON of the text, so that an edit of it need not read it again. */
  readonly read: ReadJson;
  /** What could be read; broken parts are left out and named in `problems`. */
  readonly design: Design;
  readonly problems: readonly Problem[];
  /** False where a node's entry could not be found or the text is not JSON at all. */
  readonly isJson: boolean;
  /** Where a value stands, by its path of keys and indices, for example `["nodes", "c1", "filters"]`. */
  rangeOf(path: JsonPath): TextRange | undefined;
  /** Where the key before a value stands, with its quotes: the name of a node for `["nodes", "c1"]`. */
  keyRangeOf(path: JsonPath): TextRange | undefined;
}

/** Longest text that is read, in UTF-16 units. */
export const LONGEST_TEXT = 10_000_000;

/** The sections of a file, in the order in which they are written. */
export const sections = [
  "version",
  "name",
  "nodes",
  "blocks",
  "training",
  "budget",
  "canvas",
] as const;

const emptyDesign: Design = {
  version: CURRENT_VERSION,
  name: "Untitled",
  nodes: new Map(),
  blocks: new Map(),
  budget: {},
  canvas: new Map(),
};

/** Reads the text of a `*.cnn.json` file; never throws. */
export function parseDesign(text: string): ParsedDesign {
  return text.length > LONGEST_TEXT ? tooLong(text) : parseRead(text, readJson(text));
}

function parseRead(text: string, read: ReadJson): ParsedDesign {
  const { root: whole, errors } = read;
  const reading = new Reading();
  for (const { message, range } of errors) {
    reading.report({ severity: "error", code: "invalidJson", message, range });
  }
  const lifted = whole && errors.length > 0 ? liftNested(whole, sections) : whole;
  const object = reading.objectOf(lifted, t("A design"), "{ ... }");
  const root = object && upgrade(object, reading);
  return {
    text,
    read,
    design: root?.kind === "object" ? readDesign(root, reading) : emptyDesign,
    problems: reading.problems,
    isJson: errors.length === 0 && (lifted === undefined || lifted.kind === "object"),
    rangeOf: (path) => placeOf(findTree(root, path)),
    keyRangeOf: (path) => keyPlaceOf(root, path),
  };
}

function placeOf(tree: JsonTree | undefined): TextRange | undefined {
  return tree && rangeOf(tree);
}

function keyPlaceOf(root: JsonTree | undefined, path: JsonPath): TextRange | undefined {
  const key = path.at(-1);
  return typeof key === "string"
    ? entryOf(findTree(root, path.slice(0, -1)), key)?.keyRange
    : undefined;
}

function tooLong(text: string): ParsedDesign {
  return {
    text,
    read: { errors: [] },
    design: emptyDesign,
    problems: [
      {
        severity: "error",
        code: "tooLarge",
        message: t(
          "The file has {0} million characters; a design may have {1} million. Is it a design at all?",
          Math.ceil(text.length / 1e6),
          LONGEST_TEXT / 1e6,
        ),
        range: { offset: 0, length: 1 },
      },
    ],
    isJson: false,
    rangeOf: () => undefined,
    keyRangeOf: () => undefined,
  };
}

/** Checks the version and brings an older tree up to date. */
function upgrade(root: JsonObjectTree, reading: Reading): JsonTree {
  const tree = valueOf(root, "version");
  if (tree === undefined) {
    if (root.entries.length > 0) {
      reading.report({
        severity: "information",
        code: "unsupportedVersion",
        message: t(
          'The file names no version and is read as version {0}; add "version": {0}.',
          CURRENT_VERSION,
        ),
        range: { offset: root.offset, length: 1 },
      });
    }
    return root;
  }
  const version = toValue(tree);
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    reading.wrong(tree, t("version must be {0}, not {1}.", CURRENT_VERSION, quoteValue(version)));
    return root;
  }
  if (version > CURRENT_VERSION) {
    reading.wrong(
      tree,
      t(
        "The file has version {0}, and this CNN Architect reads version {1}: update CNN Architect. What it understands is shown and cannot be edited.",
        version,
        CURRENT_VERSION,
      ),
      { code: "unsupportedVersion" },
    );
    return root;
  }
  return migrate(root, version);
}

function readDesign(root: JsonObjectTree, reading: Reading): Design {
  for (const entry of reading.uniqueEntries(root, t("The file"))) reportUnknown(entry, reading);
  const nodes = parseNodes(valueOf(root, "nodes"), { name: "nodes", isTop: true }, reading);
  const training = parseTraining(valueOf(root, "training"), reading);
  return {
    version: CURRENT_VERSION,
    name: readName(valueOf(root, "name"), reading),
    nodes,
    blocks: parseBlocks(valueOf(root, "blocks"), reading),
    ...(training === undefined ? {} : { training }),
    budget: readBudget(valueOf(root, "budget"), reading),
    canvas: readCanvas(valueOf(root, "canvas"), nodes, reading),
  };
}

function reportUnknown({ key, keyRange }: JsonEntry, reading: Reading): void {
  if (key === "$schema" || sections.some((name) => name === key)) return;
  reading.report({
    severity: "warning",
    code: "unknownKey",
    message: `${t("A design has no key {0}; it is kept and not used.", quoteValue(key))}${didYouMean(nearestName(key, sections))}`,
    range: keyRange,
  });
}

function readName(tree: JsonTree | undefined, reading: Reading): string {
  if (tree === undefined) return emptyDesign.name;
  const name = toValue(tree);
  if (typeof name === "string") return name;
  reading.wrong(tree, t("name must be a text in double quotes, not {0}.", quoteValue(name)));
  return emptyDesign.name;
}

function readBudget(tree: JsonTree | undefined, reading: Reading): Budget {
  const object = reading.objectOf(tree, "budget", t("such as {0}", '{"parameters": 1000000}'));
  if (object === undefined) return {};
  const keys = Object.keys(budgetOptions);
  for (const { key, keyRange } of reading.uniqueEntries(object, "budget")) {
    if (!keys.includes(key)) {
      reading.report({
        severity: "warning",
        code: "unknownKey",
        message: `${t("budget has no key {0}; it is kept and not used.", quoteValue(key))}${didYouMean(nearestName(key, keys))}`,
        range: keyRange,
      });
    }
  }
  return readGiven(budgetOptions, object, "budget", reading);
}

function readCanvas(
  tree: JsonTree | undefined,
  nodes: ReadonlyMap<string, DesignNode>,
  reading: Reading,
): ReadonlyMap<string, Position> {
  const canvas = new Map<string, Position>();
  const object = reading.objectOf(tree, "canvas", t("such as {0}", '{"c1": [120, 80]}'));
  if (object === undefined) return canvas;
  for (const { key, keyRange, value } of reading.uniqueEntries(object, "canvas")) {
    const position = value && readPosition(value);
    if (!nodes.has(key)) {
      reading.report({
        severity: "warning",
        code: "unknownKey",
        message: `${t("canvas has a position for {0}, and there is no such node.", quoteValue(key))}${didYouMean(nearestName(key, nodes.keys()))}`,
        range: keyRange,
      });
    } else if (position !== undefined) {
      canvas.set(key, position);
    } else if (value !== undefined) {
      reading.wrong(
        value,
        t(
          "The position of {0} must be [x, y] in pixels, not {1}; it is placed by the layout.",
          key,
          quoteValue(toValue(value)),
        ),
        { node: key, severity: "warning" },
      );
    }
  }
  return canvas;
}
