import * as vscode from "vscode";
import { percent } from "../training/trainingWords.ts";
import type { Run, RunState } from "./run.ts";

/** The state of a run as people read it. */
export function stateWords(state: RunState): string {
  switch (state) {
    case "running":
      return vscode.l10n.t("Running");
    case "completed":
      return vscode.l10n.t("Completed");
    case "stopped":
      return vscode.l10n.t("Stopped");
    case "paused":
      return vscode.l10n.t("Paused");
    case "failed":
      return vscode.l10n.t("Failed");
    case "interrupted":
      return vscode.l10n.t("Interrupted");
    case "broken":
      return vscode.l10n.t("Cannot be read");
  }
}

const when = (date: Date): string =>
  date.toLocaleString(vscode.env.language, { dateStyle: "short", timeStyle: "short" });

/** Accuracy on the test images, else of the best epoch on the validation images. */
function accuracyWords({ record }: Run): string | undefined {
  const { testAccuracy, best, last } = record ?? {};
  const accuracy = testAccuracy ?? best?.validationAccuracy ?? last?.accuracy;
  return accuracy === undefined ? undefined : percent(accuracy);
}

function epochsWords({ record, state }: Run): string | undefined {
  if (record === undefined) {
    return undefined;
  }
  const done = record.last?.epoch ?? 0;
  const { epochs } = record.recipe;
  if (state === "completed" && done === epochs) {
    return done === 1 ? vscode.l10n.t("1 epoch") : vscode.l10n.t("{0} epochs", done);
  }
  return vscode.l10n.t("{0} of {1} epochs", done, epochs);
}

/** What stands behind the name of a run: accuracy, epochs, when. */
export function runDescription(run: Run): string {
  return [accuracyWords(run), epochsWords(run), when(run.startedAt)]
    .filter((words) => words !== undefined)
    .join(" · ");
}

/** All that is known of a run, a line each. */
export function runTooltip(run: Run): string {
  const { record, state, name, directory } = run;
  if (record === undefined) {
    return vscode.l10n.t("{0}: its run.json cannot be read.", directory);
  }
  const { testAccuracy, best, engine, recipe, gitCommit, failure } = record;
  return [
    `${name}: ${stateWords(state)}`,
    failure?.message,
    testAccuracy === undefined
      ? undefined
      : vscode.l10n.t("Test accuracy: {0}", percent(testAccuracy)),
    best?.validationAccuracy === undefined
      ? undefined
      : vscode.l10n.t(
          "Best validation accuracy: {0} in epoch {1}",
          percent(best.validationAccuracy),
          best.epoch,
        ),
    epochsWords(run),
    vscode.l10n.t("Data set: {0}", recipe.dataset?.type ?? "–"),
    vscode.l10n.t("Engine: {0}", `${engine.name}, ${engine.detail}`),
    gitCommit === undefined ? undefined : vscode.l10n.t("Commit: {0}", gitCommit.slice(0, 10)),
    when(run.startedAt),
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}
