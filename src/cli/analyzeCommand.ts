import { type AnalyzedDesign, analyzeText } from "../core/analysis/analyze.ts";
import { layerTable } from "../core/table/layerTable.ts";
import { tableCsv } from "../core/table/tableCsv.ts";
import { tableMarkdown } from "../core/table/tableMarkdown.ts";
import { analysisJson } from "./analysisJson.ts";
import { analysisReport } from "./analysisReport.ts";
import { readDesignFile } from "./readDesignFile.ts";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.ts";

/** What `analyze` can print; all but `report` are for other programs to read. */
export const analysisForms = ["report", "json", "csv", "markdown"] as const;

export type AnalysisForm = (typeof analysisForms)[number];

/** `cnn-architect analyze FILE [--json | --csv | --markdown]`: fails where a problem of the design is an error. */
export function analyzeCommand(file: string, form: AnalysisForm, terminal: Terminal): ExitCode {
  const analyzed = analyzeText(readDesignFile(file));
  terminal.write(textOf(file, analyzed, form, terminal));
  const hasError = analyzed.analysis.problems.some(({ severity }) => severity === "error");
  return hasError ? exitCodes.failed : exitCodes.ok;
}

function textOf(
  file: string,
  analyzed: AnalyzedDesign,
  form: AnalysisForm,
  terminal: Terminal,
): string {
  const { parsed, analysis } = analyzed;
  switch (form) {
    case "report":
      return analysisReport(file, parsed.text, analysis, terminal);
    case "json":
      return `${JSON.stringify(analysisJson(parsed.text, analysis), null, 2)}\n`;
    case "csv":
      return tableCsv(layerTable(analyzed));
    case "markdown":
      return tableMarkdown(layerTable(analyzed));
  }
}
