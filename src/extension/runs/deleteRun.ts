import * as vscode from "vscode";
import type { Run } from "./run.ts";

/** Moves a run to the trash when a person confirms it; where there is no trash, asks once more. */
export async function deleteRun(run: Run): Promise<void> {
  if (run.state === "running") {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is running. Stop the training first.", run.name),
    );
    return;
  }
  const uri = vscode.Uri.file(run.directory);
  const isSure = await isConfirmed(
    vscode.l10n.t("Delete the run {0} with its weights and metrics?", run.name),
    vscode.l10n.t("It is moved to the trash."),
    vscode.l10n.t("Move to Trash"),
  );
  if (!isSure) {
    return;
  }
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
  } catch {
    const isStillSure = await isConfirmed(
      vscode.l10n.t("There is no trash here. Delete the run {0} for good?", run.name),
      vscode.l10n.t("This cannot be undone."),
      vscode.l10n.t("Delete Permanently"),
    );
    if (isStillSure) {
      await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false });
    }
  }
}

async function isConfirmed(question: string, detail: string, yes: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  return answer === yes;
}
