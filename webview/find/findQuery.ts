/** How a number or an option is compared. */
export type Comparison = "=" | "<" | ">" | "<=" | ">=";

/** One condition of a query; what is found meets all of them. */
export type FindTerm =
  /** Part of a name or of a type. */
  | { readonly type: "words"; readonly words: string }
  | { readonly type: "name"; readonly words: string }
  | { readonly type: "kind"; readonly words: string }
  /** Any number that can be read on a card, or part of a name. */
  | { readonly type: "number"; readonly words: string; readonly value: number }
  /** Place in the network, counted from 1. */
  | { readonly type: "place"; readonly place: number }
  | {
      readonly type: "comparison";
      /** A quantity as `params`, or an option as `filters`. */
      readonly of: string;
      readonly by: Comparison;
      readonly value: string;
    };

const scales: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** The number behind `1.5M`, or `undefined` where it is none. */
export function readFigure(text: string): number | undefined {
  const [, figure, letter = ""] = /^(\d+(?:\.\d+)?)([kmgt]?)$/i.exec(text) ?? [];
  return figure === undefined ? undefined : Number(figure) * (scales[letter.toLowerCase()] ?? 1);
}

function readTerm(word: string): FindTerm {
  const [, of, by, value] = /^(\w+)(>=|<=|=|>|<)(\S+)$/.exec(word) ?? [];
  if (of !== undefined && value !== undefined) {
    return { type: "comparison", of, by: by as Comparison, value };
  }
  const [, field, words] = /^(name|type):(\S+)$/i.exec(word) ?? [];
  if (field !== undefined && words !== undefined) {
    return { type: field.toLowerCase() === "name" ? "name" : "kind", words };
  }
  const [, place] = /^#(\d+)$/.exec(word) ?? [];
  if (place !== undefined) {
    return { type: "place", place: Number(place) };
  }
  const figure = readFigure(word);
  return figure === undefined
    ? { type: "words", words: word }
    : { type: "number", words: word, value: figure };
}

/** Reads a query: words, `name:`, `type:`, `#12` and comparisons such as `filters>256` or `params>=1M`, all of which must hold. */
export function readQuery(text: string): readonly FindTerm[] {
  const compact = text.replaceAll(/\s*(>=|<=|=|>|<)\s*/g, "$1");
  return compact
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(readTerm);
}
