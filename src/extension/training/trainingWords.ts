import * as vscode from "vscode";
import type { TrainingHistory } from "./trainingHistory.ts";
import type { TrainingPhase } from "../../protocol/trainer.ts";

/** `97.3%`, as the language writes it. */
export const percent = (share: number): string =>
  share.toLocaleString(vscode.env.language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** `2:05`, or `1:02:05` from an hour on. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, "0"))).join(":");
}

/** What the trainer is doing, as people read it. */
export function phaseWords(phase: TrainingPhase): string {
  switch (phase) {
    case "loadingEngine":
      return vscode.l10n.t("Loading the engine");
    case "loadingData":
      return vscode.l10n.t("Loading the data");
    case "compiling":
      return vscode.l10n.t("Compiling the network");
    case "training":
      return vscode.l10n.t("Training");
    case "evaluating":
      return vscode.l10n.t("Testing");
    case "saving":
      return vscode.l10n.t("Writing the checkpoint");
  }
}

/** One line about a training under way: its epoch, accuracy and time left, or the phase before there are any. */
export function progressWords({ phase, started, progress }: TrainingHistory): string {
  const isTraining = phase === undefined || phase.phase === "training";
  if (started === undefined || progress === undefined || !isTraining) {
    return phaseWords(phase?.phase ?? "loadingEngine");
  }
  const accuracy = progress.points.at(-1)?.accuracy;
  return vscode.l10n.t(
    "Epoch {0}/{1} · {2} · {3} left",
    progress.epoch,
    started.epochs,
    accuracy === undefined ? "–" : percent(accuracy),
    formatDuration(progress.secondsLeft),
  );
}
