import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { formatNumber } from "../design/words.ts";
import type { Numbers } from "./analysis.ts";
import { t } from "../text/t.ts";

/** A warning for each limit of the design that its totals exceed. */
export function budgetProblems(parsed: ParsedDesign, totals: Numbers): readonly Problem[] {
  const { budget } = parsed.design;
  const limits = [
    {
      key: "parameters",
      name: t("parameters"),
      limit: budget.parameters,
      value: totals.parameters.total,
    },
    { key: "macs", name: t("multiply-accumulates"), limit: budget.macs, value: totals.macs },
  ];
  return limits.flatMap(({ key, name, limit, value }): readonly Problem[] => {
    if (limit === undefined || value <= limit) return [];
    const range = parsed.rangeOf(["budget", key]);
    const values = [formatNumber(value), name, formatNumber(value - limit), formatNumber(limit)];
    return [
      {
        severity: "warning",
        code: "budgetExceeded",
        message:
          totals.status === "exact"
            ? t("The network has {0} {1}, {2} more than its budget of {3}.", ...values)
            : t("The network has at least {0} {1}, {2} more than its budget of {3}.", ...values),
        ...(range === undefined ? {} : { range }),
        detail: { limit, value },
      },
    ];
  });
}
