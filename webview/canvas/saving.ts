import type { Analysis, Saving } from "../../src/core/analysis/analysis.ts";

/** What the parts of a block save together against the plain convolutions they stand for. */
export interface BlockSaving {
  /** Parameters of the block as if its parts were plain, and as it is. */
  readonly plain: number;
  readonly actual: number;
  /** Share that is saved, 0 to 1. */
  readonly share: number;
}

const isWithin = ({ layers }: Saving, path: string): boolean =>
  layers.every((layer) => layer.startsWith(`${path}/`));

/** Weights saved within the block at this path, which has `actual` parameters; `undefined` where nothing is. */
export function savingIn(
  analysis: Analysis,
  path: string,
  actual: number,
): BlockSaving | undefined {
  const saved = analysis.savings
    .filter((saving) => isWithin(saving, path))
    .reduce((sum, { plain, actual: used }) => sum + plain.parameters - used.parameters, 0);
  return saved > 0 ? { plain: actual + saved, actual, share: saved / (actual + saved) } : undefined;
}

/** Weights saved in the whole network, as a share of what plain convolutions would have. */
export function totalSaving(analysis: Analysis): BlockSaving | undefined {
  const saved = analysis.savings.reduce(
    (sum, { plain, actual }) => sum + plain.parameters - actual.parameters,
    0,
  );
  const actual = analysis.totals.parameters.total;
  return saved > 0 ? { plain: actual + saved, actual, share: saved / (actual + saved) } : undefined;
}
