import fs from "node:fs";
import path from "node:path";
import type { Workbench } from "../../../tools/vscode-host/workbench.ts";

/** One design of the workspace: on disk, and as the document VS Code holds. */
export class DesignFile {
  readonly #workbench: Workbench;
  readonly name: string;

  constructor(workbench: Workbench, name: string) {
    this.#workbench = workbench;
    this.name = name;
  }

  get path(): string {
    return path.join(this.#workbench.workspace, this.name);
  }

  onDisk(): string {
    return fs.readFileSync(this.path, "utf8");
  }

  /** Opens it with a double click in the explorer, as a person does. */
  async openFromExplorer(): Promise<void> {
    await this.#workbench.page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: this.name })
      .dblclick();
  }

  /** The text of the open document, saved or not. */
  text(): Promise<string> {
    return this.#workbench.inHost(async (vscode, file) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      return document.getText();
    }, this.path);
  }

  /** Replaces a piece of the text, as typing in the text editor does. */
  async replace(search: string, replacement: string): Promise<void> {
    await this.#workbench.inHost(
      async (vscode, file, from, to) => {
        const uri = vscode.Uri.file(file);
        const document = await vscode.workspace.openTextDocument(uri);
        const start = document.getText().indexOf(from);
        const range = new vscode.Range(
          document.positionAt(start),
          document.positionAt(start + from.length),
        );
        const change = new vscode.WorkspaceEdit();
        change.replace(uri, range, to);
        await vscode.workspace.applyEdit(change);
      },
      this.path,
      search,
      replacement,
    );
  }

  /** What the Problems panel lists for it, errors first. */
  problems(): Promise<
    readonly { readonly code: string; readonly message: string; readonly text: string }[]
  > {
    return this.#workbench.inHost(async (vscode, file) => {
      const uri = vscode.Uri.file(file);
      const document = await vscode.workspace.openTextDocument(uri);
      return vscode.languages
        .getDiagnostics(uri)
        .filter(({ source }) => source === "CNN Architect")
        .toSorted((a, b) => a.severity - b.severity)
        .map(({ code, message, range }) => ({
          code: typeof code === "string" ? code : "",
          message,
          text: document.getText(range),
        }));
    }, this.path);
  }
}
