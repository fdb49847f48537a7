import { startTransition, useEffect, useState } from "react";
import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { afterPaint } from "./afterPaint.ts";

/** Layers from which on drawing all that changed takes longer than a person should wait for the first number. */
const LARGE = 300;

/** The design; of a large one the design before, until the frame with the new totals is on the screen. */
export function useUnhurried(design: AnalyzedDesign): AnalyzedDesign {
  const [later, setLater] = useState(design);
  const isLarge = design.network.layers.length > LARGE;
  useEffect(
    // A deferred value would be worked out before the frame, in one piece that nothing can interrupt.
    () => (isLarge ? afterPaint(() => startTransition(() => setLater(design))) : undefined),
    [design, isLarge],
  );
  if (!isLarge && later !== design) {
    setLater(design);
  }
  return isLarge ? later : design;
}
