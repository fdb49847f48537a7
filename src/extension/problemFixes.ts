import * as vscode from "vscode";
import { applyCommand } from "../core/design/edit.ts";
import type { Fix, Problem } from "../core/design/problem.ts";
import type { DesignDocuments } from "./designDocuments.ts";
import { problemSource } from "./problems.ts";
import { rangeIn } from "./vscodeText.ts";

/** The change that a fix makes; undefined where the core refuses it. */
function changeOf(document: vscode.TextDocument, fix: Fix): vscode.WorkspaceEdit | undefined {
  const result = applyCommand(document.getText(), fix.command);
  if (result.type === "refused") {
    return undefined;
  }
  const change = new vscode.WorkspaceEdit();
  for (const edit of result.edits) {
    change.replace(document.uri, rangeIn(document, edit), edit.text);
  }
  return change;
}

/** Quick fixes in the text: the same commands that the canvas offers beside a problem. */
export class ProblemFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  readonly #documents: DesignDocuments;

  constructor(documents: DesignDocuments) {
    this.#documents = documents;
  }

  register(): vscode.Disposable {
    const selector = { pattern: "**/*.cnn.json" };
    return vscode.languages.registerCodeActionsProvider(selector, this, ProblemFixes.metadata);
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { problems } = this.#documents.of(document).analyzed.analysis;
    return problems
      .filter((problem) =>
        rangeIn(document, problem.range ?? { offset: 0, length: 0 }).intersection(range),
      )
      .flatMap((problem) => this.#actionsFor(document, problem, context));
  }

  #actionsFor(
    document: vscode.TextDocument,
    problem: Problem,
    context: vscode.CodeActionContext,
  ): readonly vscode.CodeAction[] {
    const edit = problem.fix && changeOf(document, problem.fix);
    if (problem.fix === undefined || edit === undefined) {
      return [];
    }
    const action = new vscode.CodeAction(problem.fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = edit;
    action.isPreferred = true;
    action.diagnostics = context.diagnostics.filter(
      ({ source, code, message }) =>
        source === problemSource && code === problem.code && message === problem.message,
    );
    return [action];
  }
}
