import type { JsonObjectTree, JsonTree } from "../jsonTree.ts";
import type { JsonValue } from "../../layers/option.ts";
import { beginsLine, indentAt } from "./trivia.ts";

/** How the author of a text sets it. */
export interface TextStyle {
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** True where no blank follows colons and commas. */
  readonly isCompact: boolean;
}

const fallback: TextStyle = { eol: "\n", unit: "  ", isCompact: false };

/** Reads the style off the text. */
export function styleOf(text: string, root: JsonTree | undefined): TextStyle {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? fallback.eol;
  const first = root?.kind === "object" ? root.entries[0] : undefined;
  if (first?.value === undefined) return { ...fallback, eol };
  const indent = beginsLine(text, first.keyRange.offset)
    ? indentAt(text, first.keyRange.offset)
    : "";
  const colon = text.slice(first.keyRange.offset + first.keyRange.length, first.value.offset);
  return { eol, unit: indent === "" ? fallback.unit : indent, isCompact: colon === ":" };
}

/** A value on one line, objects with blanks inside of their braces: `{ "type": "adam" }`. */
export function printInline(value: JsonValue, style: TextStyle): string {
  const gap = style.isCompact ? "" : " ";
  if (Array.isArray(value)) {
    return `[${value.map((item: JsonValue) => printInline(item, style)).join(`,${gap}`)}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => printEntry(key, inner, style));
  return entries.length === 0 ? "{}" : `{${gap}${entries.join(`,${gap}`)}${gap}}`;
}

/** An object with one line for each entry; `indent` is that of the line on which it begins. */
export function printLines(
  value: Readonly<Record<string, JsonValue>>,
  indent: string,
  style: TextStyle,
): string {
  const entries = Object.entries(value).map(([key, option]) => printEntry(key, option, style));
  return setInLines(entries, indent, style);
}

/** Printed entries as an object with a line for each. */
export function setInLines(entries: readonly string[], indent: string, style: TextStyle): string {
  const inner = `${style.eol}${indent}${style.unit}`;
  return entries.length === 0
    ? "{}"
    : `{${inner}${entries.join(`,${inner}`)}${style.eol}${indent}}`;
}

/** `"key": value` with the value on one line. */
export function printEntry(key: string, value: JsonValue, style: TextStyle): string {
  return `${JSON.stringify(key)}:${style.isCompact ? "" : " "}${printInline(value, style)}`;
}

/** True where the entries of an object stand on lines of their own. */
export function isSetInLines(text: string, tree: JsonObjectTree): boolean {
  const [first] = tree.entries;
  return first !== undefined && beginsLine(text, first.keyRange.offset);
}
