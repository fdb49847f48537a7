import type { Numbers } from "../../src/core/analysis/analysis.ts";
import { nearestName } from "../../src/core/design/nearestName.ts";
import { t } from "../text/t.ts";
import { activationsOf, type Findable } from "./findable.ts";
import { readFigure, readQuery, type Comparison, type FindTerm } from "./findQuery.ts";

/** What a query finds, or why it cannot be asked. */
export type Found =
  | { readonly type: "found"; readonly ids: readonly string[] }
  | { readonly type: "refused"; readonly message: string };

/** Numbers by the short names that a query has for them. */
const quantities: Readonly<Record<string, (numbers: Numbers) => number | undefined>> = {
  params: ({ parameters }) => parameters.total,
  macs: ({ macs }) => macs,
  activations: activationsOf,
  rf: ({ receptiveField }) =>
    receptiveField === undefined ? undefined : Math.max(...receptiveField.size),
  channels: ({ outputShape }) => outputShape?.at(-1),
};

const compared: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

type Test = (item: Findable) => boolean;

const holds = (text: string, words: string): boolean =>
  text.toLowerCase().includes(words.toLowerCase());

/** A query with a slash means the path. */
const hasName = ({ id, name }: Findable, words: string): boolean =>
  holds(words.includes("/") ? id : name, words);

const hasType = ({ type, typeTitle }: Findable, words: string): boolean =>
  holds(type, words) || holds(typeTitle, words);

/** Numbers of an option: both of a pair. */
const numbersIn = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "number");

/** `3x1` for a pair, `same` for a word. */
const wordOf = (value: unknown): string => (Array.isArray(value) ? value.join("x") : String(value));

function showsNumber({ options, numbers }: Findable, value: number): boolean {
  const known = numbers();
  const onCard = known === undefined ? [] : Object.values(quantities).map((read) => read(known));
  const ofOptions = Object.values(options).flatMap(numbersIn);
  return [...ofOptions, ...onCard, ...(known?.outputShape ?? [])].includes(value);
}

function compareQuantity(
  read: (numbers: Numbers) => number | undefined,
  by: Comparison,
  wanted: number,
): Test {
  return ({ numbers }) => {
    const known = numbers();
    const value = known === undefined ? undefined : read(known);
    return value !== undefined && compared[by](value, wanted);
  };
}

function compareOption(option: string, by: Comparison, wanted: string): Test {
  const figure = readFigure(wanted);
  return ({ options }) => {
    const value = options[option];
    if (value === undefined) {
      return false;
    }
    if (figure === undefined) {
      return by === "=" && wordOf(value).toLowerCase() === wanted.toLowerCase().replace("×", "x");
    }
    return numbersIn(value).some((each) => compared[by](each, figure));
  };
}

/** The one of these names that is meant: itself, or what begins with it. */
function meant(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  return (
    names.find((name) => name.toLowerCase() === lower) ??
    names.find((name) => name.toLowerCase().startsWith(lower))
  );
}

type Compared = Extract<FindTerm, { readonly type: "comparison" }>;

function comparison({ of, by, value }: Compared, options: readonly string[]): Test | string {
  const option = meant(of, options);
  const quantity = meant(of, Object.keys(quantities)) ?? (of === "parameters" ? "params" : "");
  const read = quantities[quantity];
  const figure = readFigure(value);
  if (read !== undefined && option?.toLowerCase() !== of.toLowerCase()) {
    return figure === undefined
      ? t("{0} is a number: write for example {1}.", of, `${quantity}>1M`)
      : compareQuantity(read, by, figure);
  }
  if (option === undefined) {
    const near = nearestName(of, [...options, ...Object.keys(quantities)]);
    return near === undefined
      ? t("Nothing here has an option called {0}.", of)
      : t("Nothing here has an option called {0}. Is it {1}?", of, near);
  }
  return compareOption(option, by, value);
}

function testOf(term: FindTerm, options: readonly string[]): Test | string {
  switch (term.type) {
    case "words":
      return (item) => hasName(item, term.words) || hasType(item, term.words);
    case "name":
      return (item) => hasName(item, term.words);
    case "kind":
      return (item) => hasType(item, term.words);
    case "number":
      return (item) => hasName(item, term.words) || showsNumber(item, term.value);
    case "place":
      return ({ place }) => place === term.place;
    case "comparison":
      return comparison(term, options);
  }
}

/** Finds what meets every condition of a query; an empty query finds nothing. */
export function findMatches(items: readonly Findable[], query: string): Found {
  const terms = readQuery(query);
  if (terms.length === 0) {
    return { type: "found", ids: [] };
  }
  const options = [...new Set(items.flatMap((item) => Object.keys(item.options)))];
  const tests: Test[] = [];
  for (const term of terms) {
    const test = testOf(term, options);
    if (typeof test === "string") {
      return { type: "refused", message: test };
    }
    tests.push(test);
  }
  const found = items.filter((item) => tests.every((test) => test(item)));
  return { type: "found", ids: found.map(({ id }) => id) };
}
