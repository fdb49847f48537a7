import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { formatNumber } from "../design/words.ts";
import type { Numbers } from "./analysis.ts";

/** A warning for each limit of the design that its totals exceed. */
export function budgetProblems(parsed: ParsedDesign, totals: Numbers): readonly Problem[] {
  const { budget } = parsed.design;
  const limits = [
    {
      key: "parameters",
      name: "parameters",
      limit: budget.parameters,
      value: totals.parameters.total,
    },
    { key: "macs", name: "multiply-accumulates", limit: budget.macs, value: totals.macs },
  ];
  return limits.flatMap(({ key, name, limit, value }): readonly Problem[] => {
    if (limit === undefined || value <= limit) return [];
    const range = parsed.rangeOf(["budget", key]);
    const least = totals.status === "exact" ? "" : "at least ";
    return [
      {
        severity: "warning",
        code: "budgetExceeded",
        message: `The network has ${least}${formatNumber(value)} ${name}, ${formatNumber(value - limit)} more than its budget of ${formatNumber(limit)}.`,
        ...(range === undefined ? {} : { range }),
        detail: { limit, value },
      },
    ];
  });
}
