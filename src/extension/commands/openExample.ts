import * as vscode from "vscode";
import { parseDesign } from "../../core/design/parse.ts";
import { openUnsaved } from "./newDesign.ts";

interface ExampleItem extends vscode.QuickPickItem {
  readonly fileName: string;
  readonly text: string;
}

async function readExamples(folder: vscode.Uri): Promise<readonly ExampleItem[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries.map(([name]) => name).filter((name) => name.endsWith(".cnn.json"));
  return Promise.all(
    names.toSorted().map(async (fileName) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, fileName));
      const text = new TextDecoder().decode(bytes);
      return { label: parseDesign(text).design.name, description: fileName, fileName, text };
    }),
  );
}

/** The command: opens a copy of one of the examples that come with the extension. */
export async function openExample(extensionUri: vscode.Uri): Promise<void> {
  const examples = await readExamples(vscode.Uri.joinPath(extensionUri, "examples"));
  const answer = await vscode.window.showQuickPick(examples, {
    title: vscode.l10n.t("Open Example"),
    placeHolder: vscode.l10n.t("A copy opens on the canvas; it is yours to change and save."),
  });
  if (answer !== undefined) {
    await openUnsaved(answer.fileName.replace(/\.cnn\.json$/, ""), answer.text);
  }
}
