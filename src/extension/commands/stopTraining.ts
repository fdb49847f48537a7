import * as vscode from "vscode";
import type { TrainingService } from "../training/trainingService.ts";

/** The command in the palette: stops the training in front, else the only one there is, else the one that is picked. */
export async function stopAnyTraining(
  training: TrainingService,
  inFront: vscode.Uri | undefined,
): Promise<void> {
  if (inFront !== undefined && training.isUnderWay(inFront)) {
    training.stop(inFront);
    return;
  }
  const [first, ...others] = training.underWay;
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No training is running."));
  } else if (others.length === 0) {
    training.stop(first.uri);
  } else {
    await stopPicked(training);
  }
}

async function stopPicked(training: TrainingService): Promise<void> {
  const items = training.underWay.map(({ uri }) => ({
    label: vscode.workspace.asRelativePath(uri),
    uri,
  }));
  const answer = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Stop Training"),
  });
  if (answer !== undefined) {
    training.stop(answer.uri);
  }
}
