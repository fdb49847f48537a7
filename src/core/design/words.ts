import type { JsonValue } from "../layers/option.ts";
import { t } from "../text/t.ts";

const LONGEST_QUOTE = 40;

/** `1,000,000`, the same in every language, because it stands beside English words. */
export function formatNumber(value: number): string {
  return Number.isSafeInteger(value)
    ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",")
    : String(value);
}

/** A value as it stands in the file, cut where it is long. */
export function quoteValue(value: JsonValue | undefined): string {
  if (value === undefined) return t("nothing");
  // JSON.stringify would call a number beyond every bound, such as 1e999, null.
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)} ...` : text;
}

/** `a, b or c`. */
export function joinWords(words: readonly string[], last: "or" | "and" = "or"): string {
  const [end = ""] = words.slice(-1);
  if (words.length < 2) return end;
  const before = words.slice(0, -1).join(", ");
  return last === "or" ? t("{0} or {1}", before, end) : t("{0} and {1}", before, end);
}

/** ` Did you mean "filters"?`, or nothing where there is no name near it. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? "" : ` ${t("Did you mean {0}?", JSON.stringify(name))}`;
}
