import path from "node:path";
import * as vscode from "vscode";
import type { DatasetReport } from "../../protocol/datasetReport.ts";

/** Shows the file of an image that a report names: in the Explorer of the workspace, else in that of the system. */
export async function revealImage(report: DatasetReport | undefined, name: string): Promise<void> {
  if (report?.folder === undefined || !isNamed(report, name)) {
    return;
  }
  const uri = vscode.Uri.file(path.join(report.folder, name));
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
    await vscode.commands.executeCommand("revealInExplorer", uri);
  } else if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand("revealFileInOS", uri);
  } else {
    await vscode.commands.executeCommand("vscode.open", uri);
  }
}

/** What a canvas may ask for is what it was told. */
const isNamed = ({ broken, duplicates, samples }: DatasetReport, name: string): boolean =>
  [...broken.listed, ...samples, ...duplicates.listed.flatMap(({ images }) => images)].some(
    (image) => image.name === name,
  );
