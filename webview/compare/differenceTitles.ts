import type { DifferenceKind } from "../../src/core/compare/comparison.ts";

/** English name of each kind; translated where it is shown. */
export const differenceTitles: Readonly<Record<DifferenceKind, string>> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  affected: "follows",
};
