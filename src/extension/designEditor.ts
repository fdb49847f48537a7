import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { canvasHtml } from "./canvasHtml.ts";
import { CanvasView, type CanvasServices } from "./canvasView.ts";
import type { DesignDocuments } from "./designDocuments.ts";
import { canvasViewType } from "./designUri.ts";

/** The custom editor for `*.cnn.json`: keeps the open canvases and knows which one has the focus. */
export class DesignEditor implements vscode.CustomTextEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #documents: DesignDocuments;
  readonly #services: CanvasServices;
  readonly #views = new Set<CanvasView>();

  constructor(extensionUri: vscode.Uri, documents: DesignDocuments, services: CanvasServices) {
    this.#extensionUri = extensionUri;
    this.#documents = documents;
    this.#services = services;
  }

  /** Registers the editor with VS Code. */
  register(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider(canvasViewType, this, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  /** The canvas that has the focus. */
  get active(): CanvasView | undefined {
    return [...this.#views].find((view) => view.isActive);
  }

  /** A canvas of this document. */
  viewOf(uri: vscode.Uri): CanvasView | undefined {
    return [...this.#views].find((view) => view.document.uri.toString() === uri.toString());
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const view = new CanvasView(panel, document, this.#documents.of(document), this.#services);
    this.#views.add(view);
    panel.onDidDispose(() => {
      this.#views.delete(view);
      view.dispose();
    });
    this.#load(panel.webview);
  }

  #load(webview: vscode.Webview): void {
    const folder = vscode.Uri.joinPath(this.#extensionUri, "dist", "webview");
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = canvasHtml({
      language: vscode.env.language,
      contentSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64url"),
      script: file("main.js"),
      styleSheet: file("main.css"),
      loading: vscode.l10n.t("Opening the canvas…"),
    });
  }
}
