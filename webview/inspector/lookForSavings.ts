import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import {
  combineSuggestions,
  searchImprovements,
  sortByWorth,
  type CombinedSuggestion,
  type Suggestion,
} from "../../src/core/analysis/suggestions.ts";

/** A search for savings: how far it is, and once it is through what it found. */
export interface SavingsSearch {
  /** The design that it is about. */
  readonly of: AnalyzedDesign;
  readonly done: number;
  readonly total: number;
  readonly result?: {
    readonly suggestions: readonly Suggestion[];
    readonly together: CombinedSuggestion | undefined;
  };
}

/** Milliseconds after which the page gets a chance to draw and to hear the person. */
const SLICE = 30;

const nextTask = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

/** Tries out every candidate without holding up the page; an aborted search reports nothing more. */
export async function lookForSavings(
  of: AnalyzedDesign,
  signal: AbortSignal,
  report: (search: SavingsSearch) => void,
): Promise<void> {
  const found: Suggestion[] = [];
  let total = 0;
  let end = 0;
  for (const step of searchImprovements(of)) {
    ({ total } = step);
    if (step.found !== undefined) {
      found.push(step.found);
    }
    if (performance.now() > end) {
      report({ of, done: step.done, total });
      // The page must be heard between two slices.
      // oxlint-disable-next-line no-await-in-loop
      await nextTask();
      end = performance.now() + SLICE;
    }
    if (signal.aborted) {
      return;
    }
  }
  const suggestions = sortByWorth(of, found);
  const together = combineSuggestions(of, suggestions);
  report({ of, done: total, total, result: { suggestions, together } });
}
