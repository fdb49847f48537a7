import * as vscode from "vscode";
import type { DesignDocument } from "../designDocument.ts";
import type { DesignDocuments } from "../designDocuments.ts";
import { refusalWords } from "../refusalWords.ts";
import { askForDataset } from "./askForDataset.ts";

/** Asks for a data set and writes it into a design as one undo step; false where the person turned away. */
export async function askAndWriteDataset(
  uri: vscode.Uri,
  design: DesignDocument,
  placeHolder: string,
): Promise<boolean> {
  const directory = uri.scheme === "file" ? vscode.Uri.joinPath(uri, "..") : undefined;
  const dataset = await askForDataset(placeHolder, directory);
  if (dataset === undefined) {
    return false;
  }
  const outcome = await design.apply({ type: "setTraining", path: ["dataset"], value: dataset });
  if (outcome.type === "rejected") {
    void vscode.window.showErrorMessage(refusalWords(outcome.refusal));
  }
  return outcome.type === "applied";
}

/** Lets a person choose what a design is trained on. */
export async function chooseDataset(uri: vscode.Uri, documents: DesignDocuments): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await askAndWriteDataset(
    uri,
    documents.of(document),
    vscode.l10n.t("What the design is trained on. It is written into the design."),
  );
}
