import * as vscode from "vscode";
import type { TrainingService } from "../training/trainingService.ts";

/** The command: stops the training of this design, else the only one there is, else the one that is picked. */
export async function stopTraining(
  training: TrainingService,
  uri: vscode.Uri | undefined,
): Promise<void> {
  if (uri !== undefined && training.isUnderWay(uri)) {
    training.stop(uri);
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
