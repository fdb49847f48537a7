import { formatNumber } from "../design/words.ts";
import { optionValueWords } from "../table/optionWords.ts";
import type { BeforeAfter, DifferenceKind, NodeDifference, OptionChange } from "./comparison.ts";

/** A sign for each kind, so that colour alone tells nothing. */
export const differenceSigns: Readonly<Record<DifferenceKind, string>> = {
  added: "+",
  removed: "−",
  changed: "≠",
  affected: "~",
};

/** The name on the side where the node is, the later one where it is on both. */
export const differenceName = ({ id }: NodeDifference): string => id.after ?? id.before ?? "";

/** `filters 64 → 32`. */
export function changeWords({ option, before, after }: OptionChange): string {
  if (before === undefined && after === undefined) return option;
  return `${option} ${valueWords(before)} → ${valueWords(after)}`;
}

function valueWords(value: OptionChange["before"]): string {
  if (value === undefined) return "∅";
  const isNames = Array.isArray(value) && value.every((each) => typeof each === "string");
  return isNames ? value.join(", ") || "∅" : optionValueWords(value);
}

/** `RF 14×14 → 18×18`; empty where it stays or is not known on both sides. */
function fieldWords({ before, after }: NodeDifference["receptiveField"]): string {
  const [was, is] = [before?.join("×"), after?.join("×")];
  return was === undefined || is === undefined || was === is ? "" : `RF ${was} → ${is}`;
}

/** What was changed in a node, in one line; for one whose numbers only follow, the receptive field where that changed. */
export function differenceWords({ kind, changes, type, receptiveField }: NodeDifference): string {
  switch (kind) {
    case "added":
      return type.after ?? "";
    case "removed":
      return type.before ?? "";
    case "changed":
      return [...changes.map(changeWords), fieldWords(receptiveField)]
        .filter((words) => words !== "")
        .join(", ");
    case "affected":
      return fieldWords(receptiveField);
  }
}

/** `28×28×6 → 24×24×6`, or one shape where it is the same or there is only one side. */
export function shapeWords({ kind, outputShape: { before, after } }: NodeDifference): string {
  const [was, is] = [before?.join("×") ?? "?", after?.join("×") ?? "?"];
  switch (kind) {
    case "added":
      return is;
    case "removed":
      return was;
    case "changed":
    case "affected":
      return was === is ? is : `${was} → ${is}`;
  }
}

/** `+1,024`, `−9,248`, and `0` where nothing changed. */
export function deltaWords({ before, after }: BeforeAfter<number>): string {
  const delta = after - before;
  if (delta === 0) return "0";
  return delta > 0 ? `+${formatNumber(delta)}` : `−${formatNumber(-delta)}`;
}
