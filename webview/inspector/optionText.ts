import { evaluateExpression } from "../../src/core/blocks/expression.ts";
import { readOption } from "../../src/core/design/readOptions.ts";
import type {
  ExplicitPadding,
  JsonValue,
  Option,
  OptionValue,
} from "../../src/core/layers/option.ts";
import { t } from "../text/t.ts";

/** What was typed, as a value of the file; no value stands for the default. */
export type TypedOption =
  | { readonly type: "value"; readonly value: JsonValue | undefined }
  | { readonly type: "invalid"; readonly message: string };

/** A value of the file, or one that was read from it. */
export type ShownValue = JsonValue | OptionValue<Option> | undefined;

const isPadding = (value: object): value is ExplicitPadding => "top" in value;

/** A value as it stands in its field: `5`, `5 × 3`, `same`. */
export function formatOption(value: ShownValue): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (Array.isArray(value) && Array.isArray(value[0])) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const parts = value.map(String);
    return parts.length === 2 && parts[0] === parts[1] ? (parts[0] ?? "") : parts.join(" × ");
  }
  if (typeof value === "object" && ("l1" in value || "l2" in value)) {
    return ["l1", "l2"]
      .flatMap((name) => (name in value ? [`${name} ${String(value[name as never])}`] : []))
      .join(", ");
  }
  if (typeof value === "object") {
    return isPadding(value)
      ? [value.top, value.bottom, value.left, value.right].join(" × ")
      : JSON.stringify(value);
  }
  return String(value);
}

const numbersIn = (text: string): readonly number[] =>
  text
    .split(/[×x,;\s]+/i)
    .filter((part) => part !== "")
    .map(Number);

/** `l2 0.0001` or `l1 0.001, l2 0.0001` as the object of the file; other text stays text. */
function strengthsIn(text: string): JsonValue {
  const pattern = /\b(l[12])["']?[\s:=]*(\d[\d.]*(?:e[+-]?\d+)?|\.\d+)/gi;
  const found = [...text.matchAll(pattern)];
  const rest = text.replaceAll(pattern, "").replaceAll(/[\s,;{}"']/g, "");
  return found.length === 0 || rest !== ""
    ? readJson(text)
    : Object.fromEntries(found.map(([, name = "", value]) => [name.toLowerCase(), Number(value)]));
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Thousands may be separated as they are shown. */
const toNumber = (text: string): number => Number(text.replaceAll(/[\s,](?=\d{3}(\D|$))/g, ""));

function paddingIn(text: string): JsonValue {
  const numbers = numbersIn(text);
  const [first] = numbers;
  if (numbers.some(Number.isNaN)) {
    return text.toLowerCase();
  }
  return numbers.length === 1 && first !== undefined ? first : [...numbers];
}

const wordOrNumbers = (text: string): JsonValue =>
  /^[a-z]/i.test(text) ? text : [...numbersIn(text)];

function toJson(option: Option, text: string): JsonValue {
  switch (option.kind) {
    case "integer":
      if (text.toLowerCase() === option.word) {
        return text.toLowerCase();
      }
      return toNumber(text);
    case "number":
      return toNumber(text);
    case "boolean":
      return text === "true";
    case "pair":
    case "optionalPair": {
      const [first, second, ...more] = numbersIn(text);
      const isOne = first !== undefined && (second === undefined || second === first);
      return isOne && more.length === 0 ? first : [...numbersIn(text)];
    }
    case "padding":
      return paddingIn(text);
    case "choice":
    case "text":
      return text;
    case "weights":
      return wordOrNumbers(text);
    case "shape":
    case "rising":
      return [...numbersIn(text)];
    case "table":
      return readJson(text);
    case "regularizer":
      return strengthsIn(text);
  }
}

/** Parameters of a block of the file with their defaults. */
export type Parameters = Readonly<Record<string, JsonValue>>;

/** True for `width` or `2*width` where `width` is a parameter. */
function isExpression(text: string, parameters: Parameters): boolean {
  const values = new Map(Object.entries(parameters));
  const names = text.match(/[A-Za-z_]\w*/g) ?? [];
  return names.length > 0 && (values.has(text) || "value" in evaluateExpression(text, values));
}

/**
 * Reads what was typed into the field of an option, and says in words what is expected where it does not fit. Inside the
 * definition of a block an expression over its parameters fits too.
 */
export function readTyped(option: Option, text: string, parameters?: Parameters): TypedOption {
  const typed = readValue(option, text);
  return typed.type === "invalid" &&
    parameters !== undefined &&
    isExpression(text.trim(), parameters)
    ? { type: "value", value: text.trim() }
    : typed;
}

function readValue(option: Option, text: string): TypedOption {
  const trimmed = text.trim();
  if (trimmed === "" && option.default !== undefined) {
    return { type: "value", value: undefined };
  }
  const value = toJson(option, trimmed);
  const read = trimmed === "" ? { expected: expectedOf(option) } : readOption(option, value);
  return "value" in read
    ? { type: "value", value }
    : { type: "invalid", message: t("Must be {0}.", read.expected) };
}

function expectedOf(option: Option): string {
  const read = readOption(option, "");
  return "expected" in read ? read.expected : "";
}
