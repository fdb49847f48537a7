import * as vscode from "vscode";
import type { Problem, Severity } from "../core/design/problem.ts";
import type { DesignDocuments } from "./designDocuments.ts";
import { isDesign } from "./designUri.ts";
import { rangeIn } from "./vscodeText.ts";

/** Milliseconds without a change after which a design is looked at again. */
const quietTime = 150;

/** Name under which the Problems panel lists what this extension says. */
export const problemSource = "CNN Architect";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, problem.range ?? { offset: 0, length: 0 }),
    problem.message,
    severities[problem.severity],
  );
  diagnostic.source = problemSource;
  diagnostic.code = problem.code;
  return diagnostic;
}

/** Keeps the Problems panel in step with every open design, on a canvas or as text. */
export class Problems implements vscode.Disposable {
  readonly #documents: DesignDocuments;
  readonly #collection = vscode.languages.createDiagnosticCollection("cnn-architect");
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(documents: DesignDocuments) {
    this.#documents = documents;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
    ];
    for (const document of documents.open) {
      this.#check(document);
    }
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) {
      clearTimeout(timer);
    }
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#collection.dispose();
  }

  #checkSoon(document: vscode.TextDocument): void {
    if (isDesign(document.uri)) {
      clearTimeout(this.#waiting.get(document));
      this.#waiting.set(
        document,
        setTimeout(() => this.#check(document), quietTime),
      );
    }
  }

  #check(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    if (isDesign(document.uri) && !document.isClosed) {
      const { analysis } = this.#documents.of(document).analyzed;
      this.#collection.set(
        document.uri,
        analysis.problems.map((problem) => diagnosticOf(document, problem)),
      );
    }
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }
}
