import * as vscode from "vscode";
import type { TextRange } from "../core/design/problem.ts";
import { rangeIn } from "./vscodeText.ts";

/** Where the text goes: the column that already has it, else the one beside the canvas. */
function columnFor(document: vscode.TextDocument): vscode.ViewColumn {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return open?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** Opens the text beside the canvas and selects a stretch of it. */
export async function revealText(document: vscode.TextDocument, range?: TextRange): Promise<void> {
  await vscode.window.showTextDocument(document, {
    viewColumn: columnFor(document),
    ...(range === undefined ? {} : { selection: rangeIn(document, range) }),
  });
}
