import * as vscode from "vscode";
import type { DesignEditor } from "./designEditor.ts";
import { isDesign } from "./designUri.ts";

/** Design files in the tabs, the active one first. */
function inTabs(): readonly vscode.Uri[] {
  const groups = [vscode.window.tabGroups.activeTabGroup, ...vscode.window.tabGroups.all];
  return groups
    .flatMap(({ activeTab }) => activeTab?.input)
    .filter(
      (input) => input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom,
    )
    .map(({ uri }) => uri)
    .filter(isDesign);
}

/**
 * The design that a command is about: the one it was given, the one in front, or the only one in sight.
 * Says so where there is none.
 */
export function targetDesign(editor: DesignEditor, given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) {
    return given;
  }
  const uri = editor.active?.document.uri ?? inTabs()[0];
  if (uri === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a design first: a file whose name ends in .cnn.json."),
    );
  }
  return uri;
}
