import * as vscode from "vscode";

/** True where training may run, or whatever else runs code or reads files; in Restricted Mode says why not. */
export async function isTrusted(
  whyNot = vscode.l10n.t(
    "Training is off in Restricted Mode, because it runs code. Designs can be edited; trust this workspace to train them.",
  ),
): Promise<boolean> {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const answer = await vscode.window.showWarningMessage(whyNot, manage);
  if (answer === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
  return vscode.workspace.isTrusted;
}
