import * as vscode from "vscode";
import type { TrainingService } from "./trainingService.ts";

/** Keeps a training with its design when the file gets another name, or its first one by being saved. */
export function followRenames(training: TrainingService): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        training.rename(oldUri, newUri);
      }
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      training.rename(uri.with({ scheme: "untitled" }), uri);
    }),
  );
}
