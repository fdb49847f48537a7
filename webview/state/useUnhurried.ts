import { startTransition, useEffect, useState } from "react";
import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { AppState } from "./appState.ts";
import { useApplication, useAppState } from "./context.ts";
import { isLargeDesign } from "./unhurried.ts";

const drawnAtOnce = ({ drawn }: AppState): AnalyzedDesign | undefined =>
  isLargeDesign(drawn) ? undefined : drawn;

/**
 * The drawn design; of a large one the design before, until the frame with the new totals is on the screen.
 * Whoever uses it is not even asked before that.
 */
export function useUnhurried(): AnalyzedDesign {
  const { unhurried } = useApplication();
  const small = useAppState(drawnAtOnce);
  const [later, setLater] = useState(() => unhurried.get());
  useEffect(
    // A deferred value would be worked out before the frame, in one piece that nothing can interrupt.
    () => unhurried.subscribe((design) => startTransition(() => setLater(design))),
    [unhurried],
  );
  if (small !== undefined && later !== small) {
    setLater(small);
  }
  return small ?? later;
}
