import * as vscode from "vscode";
import { canvasViewType } from "../designUri.ts";
import { starterDesign } from "./starterDesign.ts";

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return vscode.workspace.textDocuments.some(({ uri: open }) => open.path === uri.path);
  }
}

/** A name that no file and no open document has, in the first folder of the workspace. */
async function freeUri(name: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
  for (let number = 1; ; number++) {
    const fileName = number === 1 ? `${name}.cnn.json` : `${name}-${number}.cnn.json`;
    const uri = vscode.Uri.joinPath(folder, fileName);
    if (!(await exists(uri))) {
      return uri;
    }
  }
}

/** Opens an unsaved design with this text on a canvas; the first save writes it. */
export async function openUnsaved(name: string, text: string): Promise<void> {
  const target = await freeUri(name);
  const isInWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const uri = target.with({
    scheme: "untitled",
    // Without a folder there is only a name, and VS Code asks where to save.
    ...(isInWorkspace ? {} : { path: target.path.slice(1), authority: "" }),
  });
  const document = await vscode.workspace.openTextDocument(uri);
  const change = new vscode.WorkspaceEdit();
  change.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(change);
  await vscode.commands.executeCommand("vscode.openWith", document.uri, canvasViewType);
}

/** The command: a small design to begin with. */
export async function newDesign(): Promise<void> {
  await openUnsaved("design", starterDesign);
}
