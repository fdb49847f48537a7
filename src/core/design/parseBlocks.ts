import type { BlockSource, DesignNode } from "./design.ts";
import {
  type JsonEntry,
  type JsonObjectTree,
  type JsonTree,
  toValue,
  valueOf,
} from "./jsonTree.ts";
import type { JsonValue } from "../layers/option.ts";
import { nearestName } from "./nearestName.ts";
import { parseNodes } from "./parseNodes.ts";
import type { Reading } from "./reading.ts";
import { didYouMean, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

const blockKeys = ["parameters", "inputs", "nodes", "output"];

/** Reads the blocks that the file defines; one that has no nodes, inputs or output is left out and reported. */
export function parseBlocks(
  tree: JsonTree | undefined,
  reading: Reading,
): ReadonlyMap<string, BlockSource> {
  const blocks = new Map<string, BlockSource>();
  const object = reading.objectOf(tree, "blocks", t("of blocks by their names"));
  if (object === undefined) return blocks;
  for (const entry of reading.uniqueEntries(object, "blocks")) {
    const block = parseBlock(entry, reading);
    if (block !== undefined) blocks.set(entry.key, block);
  }
  return blocks;
}

function parseBlock(
  { key, keyRange, value }: JsonEntry,
  reading: Reading,
): BlockSource | undefined {
  const owner = `blocks.${key}`;
  const object = reading.objectOf(value, owner, t('with "inputs", "nodes" and "output"'));
  if (object === undefined) return undefined;
  for (const entry of reading.uniqueEntries(object, owner)) {
    if (!blockKeys.includes(entry.key)) {
      reading.report({
        severity: "warning",
        code: "unknownKey",
        message: `${t("{0} has no key {1}; it is kept and not used.", owner, quoteValue(entry.key))}${didYouMean(nearestName(entry.key, blockKeys))}`,
        range: entry.keyRange,
      });
    }
  }
  const absent = (["inputs", "nodes", "output"] as const).filter(
    (name) => valueOf(object, name) === undefined,
  );
  for (const name of absent) {
    reading.report({
      severity: "error",
      code: "invalidValue",
      message: absentWords(owner, name),
      range: keyRange,
    });
  }
  const inputs = parseInputs(valueOf(object, "inputs"), owner, reading);
  const nodes = parseNodes(
    valueOf(object, "nodes"),
    { name: `${owner}.nodes`, isTop: false },
    reading,
  );
  const output = parseOutput(valueOf(object, "output"), owner, nodes, reading);
  checkSources(object, owner, inputs, nodes, reading);
  if (absent.length > 0 || output === undefined) return undefined;
  return { parameters: parseParameters(object, owner, reading), inputs, nodes, output };
}

function absentWords(owner: string, key: "inputs" | "nodes" | "output"): string {
  switch (key) {
    case "inputs":
      return t(
        '{0} has no inputs: add the names that its nodes read from outside, such as "inputs": ["x"].',
        owner,
      );
    case "nodes":
      return t("{0} has no nodes: add the nodes that it stands for.", owner);
    case "output":
      return t("{0} has no output: add the name of the node that leaves it.", owner);
  }
}

function parseParameters(
  object: JsonObjectTree,
  owner: string,
  reading: Reading,
): Readonly<Record<string, JsonValue>> {
  const parameters = reading.objectOf(
    valueOf(object, "parameters"),
    t("parameters of {0}", owner),
    t("of names and defaults, such as {0}", '{"k": 32}'),
  );
  if (parameters === undefined) return {};
  const entries = reading.uniqueEntries(parameters, t("parameters of {0}", owner));
  return Object.fromEntries(
    entries.flatMap(({ key, value }) =>
      value === undefined ? [] : [[key, toValue(value)] as const],
    ),
  );
}

function parseInputs(
  tree: JsonTree | undefined,
  owner: string,
  reading: Reading,
): readonly string[] {
  if (tree === undefined) return [];
  const names = tree.kind === "array" ? tree.items.map(toValue) : [undefined];
  if (names.every((name) => typeof name === "string") && new Set(names).size === names.length) {
    return names;
  }
  reading.wrong(
    tree,
    t(
      'inputs of {0} must be a list of different names, such as ["x"], not {1}.',
      owner,
      quoteValue(toValue(tree)),
    ),
  );
  return names.filter((name) => typeof name === "string");
}

function parseOutput(
  tree: JsonTree | undefined,
  owner: string,
  nodes: ReadonlyMap<string, DesignNode>,
  reading: Reading,
): string | undefined {
  if (tree === undefined) return undefined;
  const name = toValue(tree);
  if (typeof name === "string" && nodes.has(name)) return name;
  const nearest = typeof name === "string" ? nearestName(name, nodes.keys()) : undefined;
  reading.wrong(
    tree,
    `${t("output of {0} must be the name of one of its nodes, not {1}.", owner, quoteValue(name))}${didYouMean(nearest)}`,
  );
  return undefined;
}

/** An unused block is never expanded, so what its nodes read is checked here. */
function checkSources(
  object: JsonObjectTree,
  owner: string,
  inputs: readonly string[],
  nodes: ReadonlyMap<string, DesignNode>,
  reading: Reading,
): void {
  const known = new Set([...inputs, ...nodes.keys()]);
  for (const { id, from } of nodes.values()) {
    for (const source of from.filter((name) => !known.has(name))) {
      const tree = valueOf(valueOf(valueOf(object, "nodes"), id), "from");
      if (tree === undefined) continue;
      reading.wrong(
        tree,
        `${t("{0}.nodes.{1} reads {2}, which is no node and no input of the block.", owner, id, quoteValue(source))}${didYouMean(nearestName(source, known))}`,
        { code: "unknownInput", option: "from" },
      );
    }
  }
  for (const input of inputs.filter((name) => nodes.has(name))) {
    reading.wrong(
      object,
      t(
        "{0} has an input and a node with the name {1}; rename one of them.",
        owner,
        quoteValue(input),
      ),
    );
  }
}
