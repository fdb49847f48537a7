import * as vscode from "vscode";
import type { DesignEditor } from "../designEditor.ts";
import { canvasViewType } from "../designUri.ts";
import { revealText } from "../revealText.ts";

const isShownAsText = (uri: vscode.Uri): boolean =>
  vscode.window.visibleTextEditors.some(
    ({ document }) => document.uri.toString() === uri.toString(),
  );

/** Shows the canvas of a design: the one that is open, else a new one, beside the text where that is in sight. */
export async function openCanvas(editor: DesignEditor, uri: vscode.Uri): Promise<void> {
  const view = editor.viewOf(uri);
  if (view !== undefined) {
    view.reveal();
    return;
  }
  const viewColumn = isShownAsText(uri) ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  await vscode.commands.executeCommand("vscode.openWith", uri, canvasViewType, { viewColumn });
}

/** Shows the text of a design beside its canvas. */
export async function openText(uri: vscode.Uri): Promise<void> {
  await revealText(await vscode.workspace.openTextDocument(uri));
}
