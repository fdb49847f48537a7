import type { ParsedDesign } from "../design/parse.ts";
import { parseDesign } from "../design/parse.ts";
import { expand } from "../network/expand.ts";
import type { Network } from "../network/network.ts";
import type { Analysis } from "./analysis.ts";

/** All numbers of a network. */
export function analyze(parsed: ParsedDesign, network: Network): Analysis {
  throw new Error(`not written yet (${parsed.design.name}, ${network.layers.length})`);
}

/** Text of a design with everything that follows from it. */
export interface AnalyzedDesign {
  readonly parsed: ParsedDesign;
  readonly network: Network;
  readonly analysis: Analysis;
}

/** The whole road from text to numbers; never throws for any text. */
export function analyzeText(text: string): AnalyzedDesign {
  const parsed = parseDesign(text);
  const network = expand(parsed);
  return { parsed, network, analysis: analyze(parsed, network) };
}
