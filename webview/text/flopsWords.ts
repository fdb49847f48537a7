import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "./t.ts";

/** Multiply-accumulates in full, and the same in the other convention. */
export const flopsWords = (macs: number): string =>
  t(
    "{0} multiply-accumulates for one image; {1} FLOPs, counted as two for each",
    formatNumber(macs),
    formatNumber(2 * macs),
  );
