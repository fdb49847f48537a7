import { analyzeText, type AnalyzedDesign } from "../core/analysis/analyze.ts";
import { compare } from "../core/compare/compare.ts";
import type { Comparison, NodeDifference } from "../core/compare/comparison.ts";
import {
  changeWords,
  deltaWords,
  differenceName,
  differenceSigns,
  differenceWords,
  shapeWords,
} from "../core/compare/differenceWords.ts";
import { formatNumber } from "../core/design/words.ts";
import { readDesignFile } from "./readDesignFile.ts";
import { type Column, layTable } from "./table.ts";
import {
  type ExitCode,
  exitCodes,
  type Look,
  paint,
  printable,
  type Terminal,
} from "./terminal.ts";

/** `cnn-architect compare BEFORE AFTER [--json]`: fails where a problem of one of them is an error. */
export function compareCommand(
  [before, after]: readonly [before: string, after: string],
  options: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const one = analyzeText(readDesignFile(before));
  const other = analyzeText(readDesignFile(after));
  const comparison = compare(one, other);
  terminal.write(
    options.json
      ? `${JSON.stringify(comparisonJson(comparison), null, 2)}\n`
      : comparisonReport([before, after], comparison, terminal),
  );
  return hasError(one) || hasError(other) ? exitCodes.failed : exitCodes.ok;
}

const hasError = ({ analysis }: AnalyzedDesign): boolean =>
  analysis.problems.some(({ severity }) => severity === "error");

/** A contract, described in docs/cli.md; `null` stands where a side has nothing. */
function comparisonJson({ nodes, settings, parameters, macs }: Comparison): object {
  return {
    parameters,
    macs,
    nodes: nodes.map((node) => ({
      kind: node.kind,
      id: nulled(node.id),
      type: nulled(node.type),
      changes: node.changes.map(({ option, ...values }) => ({ option, ...nulled(values) })),
      outputShape: nulled(node.outputShape),
      parameters: node.parameters,
      macs: node.macs,
    })),
    settings: settings.map(({ option, ...values }) => ({ option, ...nulled(values) })),
  };
}

const nulled = ({ before = null, after = null }: { before?: unknown; after?: unknown }) => ({
  before,
  after,
});

const columns: readonly Column[] = [
  { title: "", align: "left" },
  { title: "node", align: "left" },
  { title: "change", align: "left" },
  { title: "output", align: "left" },
  { title: "parameters", align: "right" },
  { title: "MACs", align: "right" },
];

const looks: Readonly<Record<NodeDifference["kind"], Look>> = {
  added: "green",
  removed: "red",
  changed: "yellow",
  affected: "dim",
};

function comparisonReport(
  [before, after]: readonly [string, string],
  { nodes, settings, parameters, macs }: Comparison,
  terminal: Terminal,
): string {
  const title = `${paint(terminal, "bold", printable(before))} → ${paint(terminal, "bold", printable(after))}`;
  if (nodes.length === 0 && settings.length === 0) {
    return `${title}\n\nThe designs are the same.\n`;
  }
  const rows = nodes.map((node) => [
    differenceSigns[node.kind],
    printable(differenceName(node)),
    printable(differenceWords(node)),
    shapeWords(node),
    deltaWords(node.parameters),
    deltaWords(node.macs),
  ]);
  const total = ["", "total", "", "", deltaWords(parameters), deltaWords(macs)];
  const [head = "", ...lines] = layTable(columns, [...rows, total]);
  const last = lines.pop() ?? "";
  return [
    title,
    "",
    paint(terminal, "dim", head),
    ...lines.map((line, index) => paint(terminal, looks[nodes[index]?.kind ?? "affected"], line)),
    paint(terminal, "bold", last),
    "",
    ...settings.map((change) => printable(changeWords(change))),
    ...(settings.length > 0 ? [""] : []),
    `${formatNumber(parameters.before)} → ${formatNumber(parameters.after)} parameters, ${formatNumber(macs.before)} → ${formatNumber(macs.after)} multiply-accumulates for one image`,
    "+ added, − removed, ≠ changed, ~ not changed itself, but other numbers follow",
    "",
  ].join("\n");
}
