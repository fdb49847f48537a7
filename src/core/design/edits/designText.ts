import type { JsonValue } from "../../layers/option.ts";
import type { TextEdit } from "../command.ts";
import type { Design } from "../design.ts";
import { type JsonEntry, type JsonObjectTree, type JsonTree, valueOf } from "../jsonTree.ts";
import { sections } from "../parse.ts";
import { gapAt, insertParts, removeParts } from "./listEdits.ts";
import {
  isSetInLines,
  printEntry,
  printInline,
  printLines,
  setInLines,
  styleOf,
  type TextStyle,
} from "./textStyle.ts";
import { t } from "../../text/t.ts";

/** A text that can be edited: valid JSON with an object at its top. */
export interface DesignText {
  readonly text: string;
  readonly root: JsonObjectTree;
  readonly design: Design;
  readonly style: TextStyle;
  /** What stands under each name in `nodes`; empty where that is no object. */
  readonly nodes: ReadonlyMap<string, JsonTree>;
}

/** A text ready to be edited. */
export function designText(text: string, root: JsonObjectTree, design: Design): DesignText {
  const nodes = valueOf(root, "nodes");
  const entries = nodes?.kind === "object" ? nodes.entries : [];
  return {
    text,
    root,
    design,
    style: styleOf(text, root),
    // Of two entries with one name the later one holds, here as everywhere.
    nodes: new Map(entries.flatMap(({ key, value }) => (value ? [[key, value] as const] : []))),
  };
}

/** Why a command cannot be done, in words for the person who gave it. */
export class Refusal extends Error {}

/** True for a name that a node has, also where that node could not be read. */
export function isNameTaken({ design, nodes }: DesignText, name: string): boolean {
  return design.nodes.has(name) || nodes.has(name);
}

/** The section as an object; absent where the file has none. */
export function sectionOf(
  { root }: DesignText,
  name: (typeof sections)[number],
): JsonObjectTree | undefined {
  const tree = valueOf(root, name);
  if (tree === undefined || tree.kind === "object") return tree;
  throw new Refusal(t("{0} of the file is not an object: mend it in the text first.", name));
}

/** The entry of a node as an object. */
export function nodeTree(document: DesignText, id: string): JsonObjectTree {
  const tree = document.nodes.get(id);
  if (tree === undefined) throw new Refusal(t("There is no node {0}.", JSON.stringify(id)));
  if (tree.kind !== "object") {
    throw new Refusal(t("{0} is not an object in the file: mend it in the text first.", id));
  }
  return tree;
}

/** One wire as it is written: the name of the node it comes from, and where that stands. */
export interface WrittenWire {
  readonly source: string;
  readonly tree: JsonTree;
}

/** What a node reads, as it is written; entries that are no names are passed over. */
export function wiresOf(node: JsonTree | undefined): readonly WrittenWire[] {
  const from = valueOf(node, "from");
  if (from === undefined) return [];
  const trees = from.kind === "array" ? from.items : [from];
  return trees.flatMap((tree) =>
    tree.kind === "scalar" && typeof tree.value === "string" ? [{ source: tree.value, tree }] : [],
  );
}

/** Puts other text in the place of a value. */
export function replaceTree({ offset, length }: JsonTree, text: string): TextEdit {
  return { offset, length, text };
}

/** Replaces the value of a key or adds the key at the end; nothing where the value is there already. */
export function setKey(
  { text, style }: DesignText,
  object: JsonObjectTree,
  key: string,
  value: JsonValue,
): readonly TextEdit[] {
  const tree = valueOf(object, key);
  if (tree !== undefined) {
    const printed = printInline(value, style);
    return text.slice(tree.offset, tree.offset + tree.length) === printed
      ? []
      : [replaceTree(tree, printed)];
  }
  return insertParts(text, object, [printEntry(key, value, style)], {
    index: object.entries.length,
    style,
    inLines: false,
  });
}

/** Takes a key out of an object, all of its duplicates too. */
export function removeKeys(
  { text }: DesignText,
  object: JsonObjectTree,
  keys: ReadonlySet<string>,
): readonly TextEdit[] {
  const entries: readonly (JsonEntry | undefined)[] = object.entries;
  return removeParts(text, object, (index) => keys.has(entries[index]?.key ?? ""));
}

/** Adds a section that the file does not have, after the last of those that stand before it in the order of the format. */
export function addSections(
  { text, root, style }: DesignText,
  added: Readonly<Partial<Record<(typeof sections)[number], JsonValue>>>,
): readonly TextEdit[] {
  const names = sections.filter((name) => added[name] !== undefined);
  const inLines = root.entries.length === 0 || isSetInLines(text, root);
  const groups = new Map<number, string[]>();
  for (const name of names) {
    const before = new Set<string>(sections.slice(0, sections.indexOf(name)));
    const index = root.entries.findLastIndex(({ key }) => before.has(key)) + 1;
    const printed = printSection(name, added[name] ?? {}, inLines, style);
    groups.set(index, [...(groups.get(index) ?? []), printed]);
  }
  return [...groups].flatMap(([index, printed]) =>
    insertParts(text, root, printed, { index, style, inLines }),
  );
}

function printSection(name: string, value: JsonValue, inLines: boolean, style: TextStyle): string {
  if (!inLines || !isObject(value)) return printEntry(name, value, style);
  const gap = style.isCompact ? "" : " ";
  const body =
    name === "blocks"
      ? setInLines(
          Object.entries(value).map(([key, block]) =>
            printBlock(key, block, style.unit.repeat(2), style),
          ),
          style.unit,
          style,
        )
      : printLines(value, style.unit, style);
  return `${JSON.stringify(name)}:${gap}${body}`;
}

/** A block of the file with a line for each of its keys and each of its nodes; `indent` is that of its own line. */
function printBlock(name: string, block: JsonValue, indent: string, style: TextStyle): string {
  if (!isObject(block)) return printEntry(name, block, style);
  const gap = style.isCompact ? "" : " ";
  const inner = indent + style.unit;
  const parts = Object.entries(block).map(([key, value]) =>
    key === "nodes" && isObject(value)
      ? `"nodes":${gap}${printLines(value, inner, style)}`
      : printEntry(key, value, style),
  );
  return `${JSON.stringify(name)}:${gap}${setInLines(parts, indent, style)}`;
}

/** True for a JSON object. */
export function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Adds entries at the end of a section, or the section with them where the file has none. */
export function addToSection(
  document: DesignText,
  name: "nodes" | "blocks" | "canvas" | "training",
  entries: Readonly<Record<string, JsonValue>>,
): readonly TextEdit[] {
  const section = sectionOf(document, name);
  if (Object.keys(entries).length === 0) return [];
  if (section === undefined) return addSections(document, { [name]: entries });
  const { text, style } = document;
  return insertParts(
    text,
    section,
    Object.entries(entries).map(([key, value]) =>
      name === "blocks" && isSetInLines(text, document.root)
        ? printBlock(key, value, style.unit.repeat(2), style)
        : printLike(document, section, key, value),
    ),
    { index: section.entries.length, style, inLines: isSetInLines(text, document.root) },
  );
}

/** An entry set like the last one of its section: on one line, or with a line for each of its own entries. */
function printLike(
  { text, style }: DesignText,
  section: JsonObjectTree,
  key: string,
  value: JsonValue,
): string {
  const neighbour = section.entries.at(-1)?.value;
  if (!isObject(value) || neighbour?.kind !== "object") return printEntry(key, value, style);
  const name = `${JSON.stringify(key)}:${style.isCompact ? "" : " "}`;
  if (isSetInLines(text, neighbour)) {
    return name + printLines(value, indentOf(text, section), style);
  }
  const printed = printInline(value, style);
  const isTight = neighbour.entries[0]?.keyRange.offset === neighbour.offset + 1;
  return name + (isTight ? printed.replace(/^\{ /, "{").replace(/ \}$/, "}") : printed);
}

/** Puts other entries in the place of one; it goes with its comma where there are none. */
export function replaceEntry(
  document: DesignText,
  section: JsonObjectTree,
  key: string,
  entries: Readonly<Record<string, JsonValue>>,
): readonly TextEdit[] {
  const old = section.entries.filter((entry) => entry.key === key);
  const [entry, twin] = old;
  if (twin !== undefined) {
    throw new Refusal(t("{0} stands twice in the file: remove or rename one of them first.", key));
  }
  if (entry?.value === undefined) {
    throw new Refusal(t("There is no node {0}.", JSON.stringify(key)));
  }
  const printed = Object.entries(entries).map(([name, value]) =>
    printLike(document, section, name, value),
  );
  if (printed.length === 0) return removeKeys(document, section, new Set([key]));
  const { offset } = entry.keyRange;
  const end = entry.value.offset + entry.value.length;
  return [
    {
      offset,
      length: end - offset,
      text: printed.join(`,${gapAt(document.text, offset, document.style)}`),
    },
  ];
}

/** Gives an entry another key. */
export function renameKey(object: JsonObjectTree, key: string, name: string): readonly TextEdit[] {
  const entries = object.entries.filter((entry) => entry.key === key);
  return entries.map(({ keyRange }) => ({ ...keyRange, text: JSON.stringify(name) }));
}

function indentOf(text: string, section: JsonObjectTree): string {
  const offset = section.entries.at(-1)?.keyRange.offset ?? section.offset;
  const line = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? "";
}
