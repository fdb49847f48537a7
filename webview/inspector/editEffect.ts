import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyRemembering } from "../state/applyRemembering.ts";
import { analyzeRemembering } from "../state/showText.ts";
import { formatChange } from "../text/format.ts";
import { t } from "../text/t.ts";

/** What a command would do, in words, before it is done. */
export interface EditEffect {
  /** `+156 parameters, +117.6 k MACs`, or that the numbers stay. */
  readonly words: string;
  /** A problem that the design has only after it. */
  readonly problem: string | undefined;
}

const messagesOf = (design: AnalyzedDesign): ReadonlySet<string> =>
  new Set(
    design.analysis.problems
      .filter(({ severity }) => severity === "error")
      .map(({ message }) => message),
  );

function changes(before: AnalyzedDesign, after: AnalyzedDesign): string {
  const [old, fresh] = [before.analysis.totals, after.analysis.totals];
  const parameters = fresh.parameters.total - old.parameters.total;
  const macs = fresh.macs - old.macs;
  const memory = after.analysis.memory.training - before.analysis.memory.training;
  const words = [
    parameters === 0 ? "" : t("{0} parameters", formatChange(parameters)),
    macs === 0 ? "" : t("{0} MACs", formatChange(macs)),
    parameters === 0 && macs === 0 && memory !== 0
      ? t("{0} bytes of training memory", formatChange(memory))
      : "",
  ].filter((word) => word !== "");
  return words.length === 0 ? t("no change in parameters or MACs") : words.join(", ");
}

/** Works out a command on the text as it stands, with the same core as everything else. */
export function effectOf(before: AnalyzedDesign, command: EditCommand): EditEffect | undefined {
  const result = applyRemembering(before.parsed, command);
  if (result.type === "refused") {
    return { words: "", problem: result.message };
  }
  if (result.edits.length === 0) {
    return undefined;
  }
  const after = analyzeRemembering(applyEdits(before.parsed.text, result.edits));
  const known = messagesOf(before);
  return {
    words: changes(before, after),
    problem: [...messagesOf(after)].find((message) => !known.has(message)),
  };
}
