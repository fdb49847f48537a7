import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";

type Node = Readonly<Record<string, unknown>>;

/** The whole road from nodes as they stand in a file to numbers. */
export function designOf(
  nodes: Readonly<Record<string, Node>>,
  sections: Readonly<Record<string, unknown>> = {},
): AnalyzedDesign {
  return analyzeText(JSON.stringify({ version: 1, name: "test", nodes, ...sections }));
}

/** Code, node and message of each problem. */
export function problemsOf({ analysis }: AnalyzedDesign): readonly string[] {
  return analysis.problems.map(({ code, message }) => `${code} | ${message}`);
}

/** The text that a problem points at. */
export function pointedAt({ parsed, analysis }: AnalyzedDesign, code: string): string | undefined {
  const range = analysis.problems.find((problem) => problem.code === code)?.range;
  return range && parsed.text.slice(range.offset, range.offset + range.length);
}
