import { analyzeText } from "../core/analysis/analyze.ts";
import { analysisJson } from "./analysisJson.ts";
import { analysisReport } from "./analysisReport.ts";
import { readDesignFile } from "./readDesignFile.ts";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.ts";

/** `cnn-architect analyze FILE [--json]`: fails where a problem of the design is an error. */
export function analyzeCommand(
  file: string,
  options: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const text = readDesignFile(file);
  const { analysis } = analyzeText(text);
  terminal.write(
    options.json
      ? `${JSON.stringify(analysisJson(text, analysis), null, 2)}\n`
      : analysisReport(file, text, analysis, terminal),
  );
  const hasError = analysis.problems.some(({ severity }) => severity === "error");
  return hasError ? exitCodes.failed : exitCodes.ok;
}
