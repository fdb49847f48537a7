import { layerDefinition } from "../layers/layers.ts";
import type { ExplicitPadding, JsonValue, Option, OptionValue } from "../layers/option.ts";
import type { NetworkLayer } from "../network/network.ts";

type Value = JsonValue | OptionValue<Option>;

/** Longest value that is written out; a connection table would fill the page. */
const LONGEST_VALUE = 60;

/** The options of a layer that are not as they are by default: `filters 64, kernelSize 3, padding same`. */
export function layerOptionWords({ type, options }: NetworkLayer): string {
  const table = layerDefinition(type)?.options ?? {};
  const values: Readonly<Record<string, Value>> = options;
  return listWords(
    Object.entries(values).filter(
      ([name, value]) => !isNoPadding(value) && !isSame(value, table[name]?.default ?? null),
    ),
  );
}

const isSame = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What `"valid"` means, said with numbers. */
const isNoPadding = (value: Value): boolean =>
  isSame(value, { top: 0, bottom: 0, left: 0, right: 0 });

/** The options of a node as they stand in the file, its count among them. */
export function writtenOptionWords(
  options: Readonly<Record<string, JsonValue>>,
  repeat: number,
): string {
  return listWords([
    ...Object.entries(options),
    ...(repeat > 1 ? [["repeat", repeat] as const] : []),
  ]);
}

const listWords = (options: readonly (readonly [name: string, value: Value])[]): string =>
  options.map(([name, value]) => `${name} ${optionValueWords(value)}`).join(", ");

/** One value as it is read in a table: `3` for a square, `1×7` for anything else. */
export function optionValueWords(value: Value): string {
  if (typeof value === "string") return value;
  const text = Array.isArray(value) ? listValue(value) : valueOf(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)} ...` : text;
}

function listValue(values: readonly unknown[]): string {
  if (!values.every((value) => typeof value === "number")) return JSON.stringify(values);
  return values.length === 2 && values[0] === values[1] ? String(values[0]) : values.join("×");
}

function valueOf(value: Value): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (!("top" in value)) return JSON.stringify(value);
  const { top, bottom, left, right } = value as ExplicitPadding;
  const sides = [top, bottom, left, right];
  return new Set(sides).size === 1 ? String(top) : sides.join(" ");
}
