import type { DesignNode } from "./design.ts";
import type { JsonValue } from "../layers/option.ts";
import { type JsonEntry, type JsonTree, toValue, valueOf } from "./jsonTree.ts";
import { readOption } from "./readOptions.ts";
import type { Reading } from "./reading.ts";
import { repeatOption } from "./recipeOptions.ts";
import { quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

/** Keys of a node that are no options. */
export const nodeKeys = ["type", "from", "repeat"] as const;

/** Where a group of nodes stands: at the top of the design, or in a block that the file defines. */
export interface NodesOwner {
  /** How messages name it, for example `nodes` or `blocks.mine.nodes`. */
  readonly name: string;
  /** True where a problem of a node belongs to a node of the canvas. */
  readonly isTop: boolean;
}

/** Reads the nodes that can be read, in the order of the file. */
export function parseNodes(
  tree: JsonTree | undefined,
  owner: NodesOwner,
  reading: Reading,
): ReadonlyMap<string, DesignNode> {
  const nodes = new Map<string, DesignNode>();
  const object = reading.objectOf(tree, owner.name, t("of nodes by their names"));
  if (object === undefined) return nodes;
  for (const entry of reading.uniqueEntries(object, owner.name)) {
    if (!reading.takesNode(entry)) break;
    const node = parseNode(entry, owner, reading);
    if (node !== undefined) nodes.set(node.id, node);
  }
  return nodes;
}

/** How a message names a node: `c1`, or `blocks.mine.nodes.c1` inside of a block. */
function labelOf(id: string, owner: NodesOwner): string {
  return owner.isTop ? id : `${owner.name}.${id}`;
}

function parseNode(entry: JsonEntry, owner: NodesOwner, reading: Reading): DesignNode | undefined {
  const { key: id, value } = entry;
  const label = labelOf(id, owner);
  const node = owner.isTop ? id : undefined;
  const fault = nameFault(id);
  if (fault !== undefined) {
    reading.report({
      severity: "error",
      code: "invalidValue",
      message: t("{0} cannot be the name of a node: {1}", quoteValue(id), fault),
      range: entry.keyRange,
    });
    return undefined;
  }
  if (value === undefined) return undefined;
  const object = reading.objectOf(
    value,
    label,
    t('with a "type", such as {"type": "conv2d"}'),
    node,
  );
  if (object === undefined) return undefined;
  const entries = reading.uniqueEntries(object, label, node);
  const valueOfKey = (key: string) => valueOf(object, key);
  return {
    id,
    type: parseType(valueOfKey("type"), entry, label, node, reading),
    from: parseFrom(valueOfKey("from"), label, node, reading),
    options: parseOptions(entries),
    ...parseRepeats(valueOfKey("repeat"), label, owner, reading),
  };
}

function parseOptions(entries: readonly JsonEntry[]): DesignNode["options"] {
  const options: [string, JsonValue][] = [];
  for (const { key, value } of entries) {
    if (value !== undefined && !isNodeKey(key)) options.push([key, toValue(value)]);
  }
  // fromEntries defines even `__proto__` as a key of its own.
  return Object.fromEntries(options);
}

/** Why a text cannot be the name of a node, as it goes on after a colon; `undefined` where it can. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return t("it is empty.");
  if (name.trim() !== name) return t("it begins or ends with a space.");
  if (name.length > 200) return t("it is longer than 200 characters.");
  // The slash parts the steps of a path into a block, such as `stage/2/conv1`.
  return name.includes("/")
    ? t('it holds a "/", which stands for the inside of a block.')
    : undefined;
}

function isNodeKey(key: string): boolean {
  return nodeKeys.some((name) => name === key);
}

function parseType(
  tree: JsonTree | undefined,
  entry: JsonEntry,
  label: string,
  node: string | undefined,
  reading: Reading,
): string {
  if (tree?.kind === "scalar" && typeof tree.value === "string" && tree.value !== "") {
    return tree.value;
  }
  reading.report({
    severity: "error",
    code: "unknownType",
    message:
      tree === undefined
        ? t(
            '{0} has no type: add "type" with the name of a layer or block, such as "conv2d".',
            label,
          )
        : t(
            '{0}: type must be the name of a layer or block, such as "conv2d", not {1}.',
            label,
            quoteValue(toValue(tree)),
          ),
    ...(node === undefined ? {} : { node }),
    option: "type",
    range: tree ?? entry.keyRange,
  });
  return "";
}

function parseFrom(
  tree: JsonTree | undefined,
  label: string,
  node: string | undefined,
  reading: Reading,
): readonly string[] {
  if (tree === undefined) return [];
  const sources = tree.kind === "array" ? tree.items : [tree];
  return sources.flatMap((source) => {
    if (source.kind === "scalar" && typeof source.value === "string") return [source.value];
    reading.wrong(
      source,
      t(
        "{0}: from must be the name of a node or a list of names, not {1}.",
        label,
        quoteValue(toValue(source)),
      ),
      { node, option: "from" },
    );
    return [];
  });
}

/** Inside of a block the count may be an expression, which is worked out for each instance of the block. */
function parseRepeats(
  tree: JsonTree | undefined,
  label: string,
  owner: NodesOwner,
  reading: Reading,
): Pick<DesignNode, "repeat" | "repeatExpression"> {
  if (!owner.isTop && tree?.kind === "scalar" && typeof tree.value === "string") {
    return { repeat: repeatOption.default, repeatExpression: tree.value };
  }
  return { repeat: parseRepeat(tree, label, owner.isTop ? label : undefined, reading) };
}

function parseRepeat(
  tree: JsonTree | undefined,
  label: string,
  node: string | undefined,
  reading: Reading,
): number {
  if (tree === undefined) return repeatOption.default;
  const raw = toValue(tree);
  const read = readOption(repeatOption, raw);
  if ("value" in read) return read.value;
  reading.wrong(
    tree,
    t("{0}: repeat must be {1}, not {2}.", label, read.expected, quoteValue(raw)),
    {
      code: "invalidOption",
      node,
      option: "repeat",
    },
  );
  return repeatOption.default;
}
