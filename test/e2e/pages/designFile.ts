import fs from "node:fs";
import path from "node:path";
import type { CodeAction, CompletionList, Hover } from "vscode";
import { until } from "../../../tools/vscode-host/until.ts";
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

  /** Begins to keep every text that the document goes through from here on. */
  async startHistory(): Promise<void> {
    await this.#workbench.inHost(async (vscode, file) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      const texts: string[] = [];
      Object.assign(globalThis, { textHistory: texts });
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === document && change.contentChanges.length > 0) {
          texts.push(document.getText());
        }
      });
    }, this.path);
  }

  /** The texts since then, one for each edit. */
  history(): Promise<readonly string[]> {
    return this.#workbench.inHost(
      async () => (globalThis as { textHistory?: readonly string[] }).textHistory ?? [],
    );
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

  /** Opens it in the text editor. */
  async openAsText(): Promise<void> {
    await this.#workbench.inHost(async (vscode, file) => {
      await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(file), "default");
    }, this.path);
  }

  /** Selects from the start of a piece of the text to the end of another one; nothing after it where that is empty. */
  async select(from: string, to: string): Promise<void> {
    await this.#workbench.inHost(
      async (vscode, file, first, last) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
        const editor = await vscode.window.showTextDocument(document);
        const start = document.getText().indexOf(first);
        const end = last === "" ? start : document.getText().indexOf(last, start) + last.length;
        editor.selection = new vscode.Selection(
          document.positionAt(start),
          document.positionAt(end),
        );
      },
      this.path,
      from,
      to,
    );
  }

  /** Applies the first quick fix at a piece of the text, once there is one, and returns the titles of all. */
  applyQuickFix(at: string): Promise<readonly string[]> {
    return until(async () => {
      const titles = await this.#applyQuickFix(at);
      return titles.length > 0 ? titles : undefined;
    }, `there is a quick fix at ${at}`);
  }

  #applyQuickFix(at: string): Promise<readonly string[]> {
    return this.#workbench.inHost(
      async (vscode, file, words) => {
        const uri = vscode.Uri.file(file);
        const document = await vscode.workspace.openTextDocument(uri);
        const start = document.positionAt(document.getText().indexOf(words));
        const actions = await vscode.commands.executeCommand<CodeAction[]>(
          "vscode.executeCodeActionProvider",
          uri,
          new vscode.Range(start, start),
        );
        const fixes = actions.filter(({ edit }) => edit !== undefined);
        const [first] = fixes;
        if (first?.edit !== undefined) {
          await vscode.workspace.applyEdit(first.edit);
        }
        return fixes.map(({ title }) => title);
      },
      this.path,
      at,
    );
  }

  /** What VS Code says about the first such piece of the text. */
  hover(at: string): Promise<string> {
    return this.#workbench.inHost(
      async (vscode, file, words) => {
        const uri = vscode.Uri.file(file);
        const document = await vscode.workspace.openTextDocument(uri);
        const place = document.positionAt(document.getText().indexOf(words) + 2);
        const hovers = await vscode.commands.executeCommand<Hover[]>(
          "vscode.executeHoverProvider",
          uri,
          place,
        );
        return hovers
          .flatMap(({ contents }) => contents)
          .map((content) => (content instanceof vscode.MarkdownString ? content.value : ""))
          .join("\n");
      },
      this.path,
      at,
    );
  }

  /** What VS Code offers in the place of the first such piece of the text. */
  completions(at: string): Promise<readonly string[]> {
    return this.#workbench.inHost(
      async (vscode, file, words) => {
        const uri = vscode.Uri.file(file);
        const document = await vscode.workspace.openTextDocument(uri);
        const place = document.positionAt(document.getText().indexOf(words) + 1);
        const { items } = await vscode.commands.executeCommand<CompletionList>(
          "vscode.executeCompletionItemProvider",
          uri,
          place,
        );
        return items.map(({ label }) => (typeof label === "string" ? label : label.label));
      },
      this.path,
      at,
    );
  }
}
