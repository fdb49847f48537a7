import type { JsonValue, Option, OptionTable } from "../layers/option.ts";
import { evaluateExpression } from "./expression.ts";
import { t } from "../text/t.ts";

/** Values that the nodes of a user-defined block can name. */
export type Parameters = ReadonlyMap<string, JsonValue>;

/** Options with the expressions in them worked out, and what could not be. */
export interface ResolvedOptions {
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly faults: readonly { readonly option: string; readonly message: string }[];
}

const namePattern = /^[A-Za-z_]\w*$/;

/**
 * Works out the expressions in the options of one node inside a user-defined block.
 * Without a table (the node is a user-defined block itself) a word that is no parameter stays a word.
 */
export function resolveParameters(
  raw: Readonly<Record<string, JsonValue>>,
  table: OptionTable | undefined,
  parameters: Parameters,
): ResolvedOptions {
  const faults: { option: string; message: string }[] = [];
  const options: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(raw)) {
    const option = table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
    const resolve = (text: string): JsonValue => {
      if (isWord(text, option, parameters)) return text;
      const named = parameters.get(text);
      if (named !== undefined) return named;
      const result = evaluateExpression(text, parameters);
      if ("value" in result) return result.value;
      faults.push({
        option: name,
        message: t(
          "{0} cannot be worked out from {1}: {2}.",
          name,
          JSON.stringify(text),
          result.fault,
        ),
      });
      return text;
    };
    options[name] = mapStrings(value, resolve);
  }
  return { options, faults };
}

/** Parameters of one instance of a block, and what could not be worked out. */
export interface BoundParameters {
  readonly parameters: Parameters;
  readonly faults: readonly string[];
}

/** The values given to an instance over the defaults, which may be expressions over the parameters before them. */
export function bindValues(
  defaults: Readonly<Record<string, JsonValue>>,
  given: Readonly<Record<string, JsonValue>>,
): BoundParameters {
  const faults: string[] = [];
  const parameters = new Map<string, JsonValue>();
  for (const [name, fallback] of Object.entries(defaults)) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const resolved = resolveParameters({ [name]: own ?? fallback }, undefined, parameters);
    faults.push(...resolved.faults.map(({ message }) => message));
    parameters.set(name, resolved.options[name] ?? fallback);
  }
  return { parameters, faults };
}

/** True for a text that means itself, such as `"same"` or the name of an activation. */
function isWord(text: string, option: Option | undefined, parameters: Parameters): boolean {
  switch (option?.kind) {
    case "choice":
    case "boolean":
      return !parameters.has(text);
    case "padding":
      return text === "same" || text === "valid";
    case undefined:
      return namePattern.test(text) && !parameters.has(text);
    case "integer":
    case "number":
    case "pair":
    case "optionalPair":
    case "shape":
    case "rising":
    case "table":
    case "regularizer":
    case "text":
    case "weights":
      return false;
  }
}

function mapStrings(value: JsonValue, map: (text: string) => JsonValue): JsonValue {
  if (typeof value === "string") return map(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry: JsonValue) => mapStrings(entry, map));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, map)]),
  );
}
