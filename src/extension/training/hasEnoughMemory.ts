import * as vscode from "vscode";
import { memoryShortage } from "../../core/analysis/memoryShortage.ts";
import { availableMemory } from "../../native/availableMemory.ts";
import type { EngineChoice } from "../../protocol/trainer.ts";
import type { DesignDocument } from "../designDocument.ts";
import { refusalWords } from "../refusalWords.ts";

/** WebAssembly addresses no more. */
const wasmLimit = 4 * 2 ** 30;

/**
 * Says before a training starts that it will not fit into memory, with the batch that would.
 * True where it fits, where the batch was made smaller, and where a person wants to try all the same.
 */
export async function hasEnoughMemory(
  design: DesignDocument,
  engine: EngineChoice,
): Promise<boolean> {
  const { network, parsed, analysis } = design.analyzed;
  const recipe = parsed.design.training;
  const free = availableMemory();
  const available = engine === "wasm" ? Math.min(free, wasmLimit) : free;
  const shortage = recipe && memoryShortage(network, analysis.totals.parameters, recipe, available);
  if (shortage === undefined) {
    return true;
  }
  const { needed, batchSize, fittingBatch } = shortage;
  const smaller =
    fittingBatch === undefined ? [] : [vscode.l10n.t("Use Batches of {0}", fittingBatch)];
  const anyway = vscode.l10n.t("Train Anyway");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "Training in batches of {0} needs about {1} GB, and {2} GB can be had here.",
      batchSize,
      gigabytes(needed),
      gigabytes(available),
    ),
    ...smaller,
    anyway,
  );
  if (answer !== undefined && answer === smaller[0]) {
    const outcome = await design.apply({
      type: "setTraining",
      path: ["batchSize"],
      value: fittingBatch ?? 1,
    });
    if (outcome.type === "rejected") {
      void vscode.window.showErrorMessage(refusalWords(outcome.refusal));
    }
    return outcome.type === "applied";
  }
  return answer === anyway;
}

const gigabytes = (bytes: number): string =>
  (bytes / 1e9).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
