import type { Analysis, Saving } from "../../src/core/analysis/analysis.ts";

/** What the parts of a block save together against the plain convolutions they stand for. */
export interface BlockSaving {
  /** Parameters of the block as if its parts were plain, and as it is. */
  readonly plain: number;
  readonly actual: number;
  /** Share that is saved, 0 to 1. */
  readonly share: number;
}

const belongsTo = (saving: Saving, node: string): boolean =>
  saving.node === node || saving.node.startsWith(`${node}/`);

/** Weights saved within one design node; `undefined` where nothing is. */
export function savingOf(analysis: Analysis, node: string): BlockSaving | undefined {
  const saved = analysis.savings
    .filter((saving) => belongsTo(saving, node))
    .reduce((sum, { plain, actual }) => sum + plain.parameters - actual.parameters, 0);
  const actual = analysis.nodes.get(node)?.parameters.total ?? 0;
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
