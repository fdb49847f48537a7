import * as vscode from "vscode";
import type { TrainingService } from "../training/trainingService.ts";

/** How a person ends a training; what is paused is offered to go on. */
export type TrainingEnd = "stop" | "pause";

/** Ends the given training, or as a command of the palette the one in front, else the only one, else the one picked. */
export async function endTraining(
  end: TrainingEnd,
  given: unknown,
  training: TrainingService,
  inFront: vscode.Uri | undefined,
): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : await choose(end, training, inFront);
  if (uri !== undefined) {
    training[end](uri);
  }
}

async function choose(
  end: TrainingEnd,
  training: TrainingService,
  inFront: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  if (inFront !== undefined && training.isUnderWay(inFront)) {
    return inFront;
  }
  const [first, ...others] = training.underWay;
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No training is running."));
  }
  return others.length === 0 ? first?.uri : pick(end, training);
}

async function pick(end: TrainingEnd, training: TrainingService): Promise<vscode.Uri | undefined> {
  const items = training.underWay.map(({ uri }) => ({
    label: vscode.workspace.asRelativePath(uri),
    uri,
  }));
  const title = end === "stop" ? vscode.l10n.t("Stop Training") : vscode.l10n.t("Pause Training");
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}
