import path from "node:path";
import * as vscode from "vscode";
import type { DesignDocuments } from "../designDocuments.ts";
import type { DesignEditor } from "../designEditor.ts";
import { refusalWords } from "../refusalWords.ts";
import { targetDesign } from "../targetDesign.ts";
import type { Run } from "./run.ts";

/** Lets the design in front start its next training from the weights of a run, as one undo step. */
export async function useRunWeights(
  run: Run,
  { editor, documents }: { readonly editor: DesignEditor; readonly documents: DesignDocuments },
): Promise<void> {
  const uri = targetDesign(editor, undefined);
  if (uri === undefined) {
    return;
  }
  const design = documents.of(await vscode.workspace.openTextDocument(uri));
  const outcome = await design.apply({
    type: "setTraining",
    path: ["initialWeights"],
    value: pathFrom(uri, run.directory),
  });
  if (outcome.type === "rejected") {
    void vscode.window.showErrorMessage(refusalWords(outcome.refusal));
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} starts its next training from the weights of {1}, where nodes have the same names and shapes. Nodes with trainable off keep them.",
      path.basename(uri.path),
      run.name,
    ),
  );
}

/** From the folder of the design where both are on one disk; with slashes, which every system reads. */
function pathFrom(design: vscode.Uri, directory: string): string {
  const relative =
    design.scheme === "file" ? path.relative(path.dirname(design.fsPath), directory) : directory;
  return relative.split(path.sep).join("/");
}
