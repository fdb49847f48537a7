import * as vscode from "vscode";
import { DesignDocument } from "./designDocument.ts";
import { isDesign } from "./designUri.ts";
import { vscodeText } from "./vscodeText.ts";

/** The one `DesignDocument` of each open text document. */
export class DesignDocuments {
  readonly #designs = new WeakMap<vscode.TextDocument, DesignDocument>();

  of(document: vscode.TextDocument): DesignDocument {
    const known = this.#designs.get(document);
    if (known !== undefined) {
      return known;
    }
    const design = new DesignDocument(vscodeText(document));
    this.#designs.set(document, design);
    return design;
  }

  /** All designs that are open as text or on a canvas. */
  get open(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter((document) => isDesign(document.uri));
  }
}
