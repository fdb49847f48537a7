import type {
  ClassWeights,
  ExplicitPadding,
  IntegerOption,
  JsonValue,
  NumberOption,
  Option,
  OptionTable,
  OptionValue,
  OptionValues,
  Padding,
  Pair,
  Regularizer,
} from "../layers/option.ts";
import { nearestName } from "./nearestName.ts";
import type { ProblemCode } from "./problem.ts";
import { didYouMean, formatNumber, joinWords, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

/** Largest whole number and real number that any option takes, where it names no maximum of its own. */
export const LARGEST_VALUE = 1_000_000;

/** What is wrong with one option of a node; the message begins with the option's name. */
export interface OptionIssue {
  readonly option: string;
  readonly code: ProblemCode;
  readonly message: string;
}

/** Options after reading; `values` is absent where a known option is missing or wrong, never for an unknown one. */
export interface ReadOptions<T extends OptionTable = OptionTable> {
  readonly values?: OptionValues<T>;
  readonly issues: readonly OptionIssue[];
}

/** A valid value, or what is expected instead, as it goes on after "must be". */
export type ReadOption<V> = { readonly value: V } | { readonly expected: string };

type AnyValue = OptionValue<Option>;

/** Reads all options of a node: defaults filled in, pairs and paddings resolved, everything bounded. */
export function readOptions<const T extends OptionTable>(
  table: T,
  raw: Readonly<Record<string, JsonValue>>,
): ReadOptions<T> {
  const issues: OptionIssue[] = [];
  const values: Record<string, AnyValue> = {};
  let complete = true;
  for (const [name, option] of Object.entries<Option>(table)) {
    const read = readNamed(name, option, Object.hasOwn(raw, name) ? raw[name] : undefined);
    if ("issue" in read) {
      complete = false;
      issues.push(read.issue);
    } else {
      values[name] = read.value;
    }
  }
  for (const name of Object.keys(raw)) {
    if (!Object.hasOwn(table, name)) issues.push(unknownOption(name, Object.keys(table)));
  }
  // Every name of the table was read by its own option just above.
  return complete ? { values: values as OptionValues<T>, issues } : { issues };
}

function readNamed(
  name: string,
  option: Option,
  raw: JsonValue | undefined,
): { readonly value: AnyValue } | { readonly issue: OptionIssue } {
  if (raw === undefined) {
    return option.default === undefined
      ? {
          issue: {
            option: name,
            code: "missingOption",
            message: t("{0} is missing: it must be {1}.", name, expectation(option)),
          },
        }
      : { value: option.default };
  }
  const read = readOption(option, raw);
  if ("value" in read) return read;
  const message = `${t("{0} must be {1}, not {2}.", name, read.expected, quoteValue(raw))}${meant(option, raw)}`;
  return { issue: { option: name, code: "invalidOption", message } };
}

function unknownOption(name: string, known: readonly string[]): OptionIssue {
  const nearest = nearestName(name, known);
  const names =
    known.length === 0 ? t("It has no options.") : t("It has {0}.", joinWords(known, "and"));
  return {
    option: name,
    code: "unknownOption",
    message: `${t("{0} is not an option of this type.", quoteValue(name))}${nearest === undefined ? ` ${names}` : didYouMean(nearest)}`,
  };
}

function meant(option: Option, raw: JsonValue): string {
  if (typeof raw !== "string") return "";
  if (option.kind === "integer" && option.word !== undefined) {
    return didYouMean(nearestName(raw, [option.word]));
  }
  if (option.kind === "choice") return didYouMean(nearestName(raw, option.values));
  return option.kind === "padding" ? didYouMean(nearestName(raw, ["same", "valid"])) : "";
}

/** Reads one value that stands in a file; says what is expected where it does not fit. */
export function readOption<O extends Option>(
  option: O,
  raw: JsonValue,
): ReadOption<OptionValue<O>> {
  const value = readValue(option, raw);
  // The switch over `kind` reads each option into its own type of value.
  return value === undefined
    ? { expected: expectation(option) }
    : { value: value as OptionValue<O> };
}

function readValue(option: Option, raw: JsonValue): AnyValue | undefined {
  switch (option.kind) {
    case "integer":
      return readWord(raw, option.word) ?? readInteger(raw, option.minimum, option.maximum);
    case "number":
      return readNumber(raw, option);
    case "boolean":
      return typeof raw === "boolean" ? raw : undefined;
    case "pair":
      return readPair(raw, option.minimum, option.maximum);
    case "optionalPair":
      return raw === null ? null : readPair(raw, option.minimum, option.maximum);
    case "padding":
      return readPadding(raw);
    case "choice":
      return option.values.find((value) => value === raw);
    case "shape":
      return readShape(raw, option.ranks);
    case "rising":
      return readRising(raw, option.minimum, option.maximum);
    case "table":
      return readTable(raw);
    case "regularizer":
      return readRegularizer(raw);
    case "text":
      return typeof raw === "string" && (raw !== "" || option.default === "") ? raw : undefined;
    case "weights":
      return readWeights(raw);
  }
}

const readWord = <W extends string>(raw: JsonValue, word: W | undefined): W | undefined =>
  raw === word ? word : undefined;

function readInteger(raw: JsonValue, minimum: number, maximum = LARGEST_VALUE): number | undefined {
  return typeof raw === "number" && Number.isInteger(raw) && raw >= minimum && raw <= maximum
    ? // -0 is a whole number to JavaScript, but nobody means it.
      raw + 0
    : undefined;
}

function readNumber(raw: JsonValue, option: NumberOption): number | undefined {
  if (typeof raw !== "number" || !Number.isFinite(raw)) return undefined;
  const { minimum = -LARGEST_VALUE, maximum = LARGEST_VALUE } = option;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = option;
  const fits = raw >= minimum && raw <= maximum && raw > exclusiveMinimum && raw < exclusiveMaximum;
  return fits ? raw + 0 : undefined;
}

function readIntegers(
  raw: JsonValue,
  minimum: number,
  maximum?: number,
): readonly number[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const numbers = raw.map((entry: JsonValue) => readInteger(entry, minimum, maximum));
  return numbers.every((entry) => entry !== undefined) ? numbers : undefined;
}

function readPair(raw: JsonValue, minimum: number, maximum?: number): Pair | undefined {
  const both = readInteger(raw, minimum, maximum);
  if (both !== undefined) return [both, both];
  const [height, width, ...more] = readIntegers(raw, minimum, maximum) ?? [];
  return height === undefined || width === undefined || more.length > 0
    ? undefined
    : [height, width];
}

function readPadding(raw: JsonValue): Padding | undefined {
  if (raw === "same" || raw === "valid") return raw;
  const pair = readPair(raw, 0);
  if (pair !== undefined) return explicit(pair[0], pair[0], pair[1], pair[1]);
  const [top, bottom, left, right, ...more] = readIntegers(raw, 0) ?? [];
  return top === undefined ||
    bottom === undefined ||
    left === undefined ||
    right === undefined ||
    more.length > 0
    ? undefined
    : explicit(top, bottom, left, right);
}

function explicit(top: number, bottom: number, left: number, right: number): ExplicitPadding {
  return { top, bottom, left, right };
}

function readShape(raw: JsonValue, ranks: readonly number[]): readonly number[] | undefined {
  const shape = readIntegers(raw, 1);
  return shape !== undefined && ranks.includes(shape.length) ? shape : undefined;
}

function readRising(
  raw: JsonValue,
  minimum: number,
  maximum?: number,
): readonly number[] | undefined {
  const numbers = readIntegers(raw, minimum, maximum);
  return numbers?.every((each, index) => index === 0 || each > (numbers[index - 1] ?? 0)) === true
    ? numbers
    : undefined;
}

function readTable(raw: JsonValue): readonly (readonly number[])[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) return undefined;
  const rows = raw.map((row: JsonValue) => readIntegers(row, 0));
  return rows.every(
    (row) => row !== undefined && row.length > 0 && new Set(row).size === row.length,
  )
    ? rows.filter((row) => row !== undefined)
    : undefined;
}

function readRegularizer(raw: JsonValue): Regularizer | undefined {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return undefined;
  const { l1 = 0, l2 = 0, ...more } = raw as { readonly [key: string]: JsonValue };
  const [absolute, squared] = [readStrength(l1), readStrength(l2)];
  return absolute === undefined || squared === undefined || Object.keys(more).length > 0
    ? undefined
    : { l1: absolute, l2: squared };
}

function readWeights(raw: JsonValue): ClassWeights | undefined {
  if (raw === "none" || raw === "balanced") return raw;
  if (!Array.isArray(raw) || raw.length === 0) return undefined;
  const weights = raw.map((entry: JsonValue) => readStrength(entry));
  return weights.every((weight) => weight !== undefined) ? weights : undefined;
}

const readStrength = (raw: JsonValue): number | undefined =>
  typeof raw === "number" && raw >= 0 && raw <= LARGEST_VALUE ? raw + 0 : undefined;

/** What an option takes, as it goes on after "must be": `a whole number from 1 to 1,000,000`. */
export function expectation(option: Option): string {
  switch (option.kind) {
    case "integer":
      return option.word === undefined
        ? t("a whole number {0}", wholeRange(option))
        : t("a whole number {0} or {1}", wholeRange(option), JSON.stringify(option.word));
    case "number":
      return realNumber(option);
    case "boolean":
      return t("true or false");
    case "pair":
      return t("a whole number {0} or a pair [height, width] of them", wholeRange(option));
    case "optionalPair":
      return t("a whole number {0}, a pair [height, width] of them, or null", wholeRange(option));
    case "padding":
      return t(
        '"same", "valid", a whole number of pixels, [height, width] or [top, bottom, left, right]',
      );
    case "choice":
      return joinWords(option.values.map((value) => JSON.stringify(value)));
    case "shape":
      return shapeOf(option.ranks);
    case "rising":
      return t("a list of whole numbers {0}, each larger than the one before", wholeRange(option));
    case "table":
      return t(
        "a list with, for each output channel, the list of the input channels it reads, such as [[0, 1, 2], [1, 2, 3]]",
      );
    case "regularizer":
      return t(
        '{ "l1": 0, "l2": 0.0001 } with numbers of at least 0, either of which may be left out',
      );
    case "text":
      return t("a text in quotes");
    case "weights":
      return t('"none", "balanced", or a list with a number of at least 0 for each class');
  }
}

function shapeOf(ranks: readonly number[]): string {
  const values = [joinWords(ranks.map(String)), formatNumber(LARGEST_VALUE)];
  return ranks.includes(3)
    ? t(
        "a list of {0} whole numbers from 1 to {1}, [height, width, channels] for an image",
        ...values,
      )
    : t("a list of {0} whole numbers from 1 to {1}", ...values);
}

function wholeRange(option: Pick<IntegerOption, "minimum" | "maximum">): string {
  return t(
    "from {0} to {1}",
    formatNumber(option.minimum),
    formatNumber(option.maximum ?? LARGEST_VALUE),
  );
}

function realNumber(option: NumberOption): string {
  const bounds = [
    option.minimum === undefined ? undefined : t("at least {0}", option.minimum),
    option.exclusiveMinimum === undefined
      ? undefined
      : t("greater than {0}", option.exclusiveMinimum),
    option.maximum === undefined ? undefined : t("at most {0}", formatNumber(option.maximum)),
    option.exclusiveMaximum === undefined ? undefined : t("less than {0}", option.exclusiveMaximum),
  ].filter((bound) => bound !== undefined);
  return bounds.length === 0
    ? t("a number of at most {0} in size", formatNumber(LARGEST_VALUE))
    : t("a number {0}", joinWords(bounds, "and"));
}
