import * as vscode from "vscode";
import type { DesignDocument } from "../designDocument.ts";

/** Says which errors keep a design from being trained; true where there are none. */
export async function hasNoErrors(design: DesignDocument): Promise<boolean> {
  const { analysis } = design.analyzed;
  const errors = analysis.problems.filter(
    ({ severity, code }) => severity === "error" && code !== "noDataset",
  );
  const [first, ...others] = errors;
  if (first === undefined) {
    return true;
  }
  const show = vscode.l10n.t("Show Problems");
  const answer = await vscode.window.showErrorMessage(
    others.length === 0
      ? vscode.l10n.t("This design cannot be trained yet: {0}", first.message)
      : vscode.l10n.t(
          "This design cannot be trained yet: {0} (and {1} more)",
          first.message,
          others.length,
        ),
    show,
  );
  if (answer === show) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
  return false;
}
