import * as vscode from "vscode";
import type { TextEdit } from "../core/design/command.ts";
import type { TextRange } from "../core/design/problem.ts";
import type { EditableText } from "./editableText.ts";

/** The place of a stretch of the text in VS Code's coordinates. */
export function rangeIn(document: vscode.TextDocument, range: TextRange): vscode.Range {
  return new vscode.Range(
    document.positionAt(range.offset),
    document.positionAt(range.offset + range.length),
  );
}

async function isFileWritable(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") {
    return true;
  }
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return false;
  }
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0;
  } catch {
    // A file that was deleted under the editor can still be edited and saved again.
    return true;
  }
}

type Globs = Readonly<Record<string, boolean>>;

// An edit of such a document is neither refused nor saved, and nothing else tells which documents these are.
function isLockedBySetting(document: vscode.TextDocument): boolean {
  const files = vscode.workspace.getConfiguration("files", document);
  const isMatched = (setting: string): boolean =>
    Object.entries(files.get<Globs>(setting, {})).some(
      ([pattern, isOn]) => isOn && vscode.languages.match({ pattern }, document) > 0,
    );
  return isMatched("readonlyInclude") && !isMatched("readonlyExclude");
}

/** Says whether people may change this document. */
export async function isWritable(document: vscode.TextDocument): Promise<boolean> {
  return !isLockedBySetting(document) && (await isFileWritable(document.uri));
}

/** A text document of VS Code as the text that a design is edited in. */
export function vscodeText(document: vscode.TextDocument): EditableText {
  return {
    getText: () => document.getText(),
    get version() {
      return document.version;
    },
    isWritable: () => isWritable(document),
    replace: (edits: readonly TextEdit[]) => {
      const change = new vscode.WorkspaceEdit();
      for (const edit of edits) {
        change.replace(document.uri, rangeIn(document, edit), edit.text);
      }
      return Promise.resolve(vscode.workspace.applyEdit(change));
    },
  };
}
