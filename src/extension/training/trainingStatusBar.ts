import * as vscode from "vscode";
import { canvasViewType } from "../designUri.ts";
import type { TrainingRun, TrainingService } from "./trainingService.ts";
import { progressWords } from "./trainingWords.ts";

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

function statusWords({ status, history }: TrainingRun): string {
  switch (status) {
    case "stopping":
      return vscode.l10n.t("Stopping");
    case "pausing":
      return vscode.l10n.t("Pausing");
    case "idle":
    case "running":
    case "ended":
      return progressWords(history);
  }
}

/** Shows the training that was started last, as long as it runs; a click opens its design. */
export class TrainingStatusBar implements vscode.Disposable {
  readonly #training: TrainingService;
  readonly #item = vscode.window.createStatusBarItem(
    "cnnArchitect.training",
    vscode.StatusBarAlignment.Left,
  );
  readonly #subscription: vscode.Disposable;

  constructor(training: TrainingService) {
    this.#training = training;
    this.#item.name = vscode.l10n.t("CNN Architect: Training");
    this.#subscription = training.onDidChange(() => this.#update());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const run = this.#training.underWay.at(-1);
    if (run === undefined) {
      this.#item.hide();
      return;
    }
    this.#show(run);
  }

  #show(run: TrainingRun): void {
    const words = statusWords(run);
    this.#item.text = `$(pulse) ${words}`;
    this.#item.tooltip = this.#tooltip(run);
    this.#item.accessibilityInformation = { label: `${nameOf(run.uri)}: ${words}` };
    this.#item.command = {
      title: vscode.l10n.t("Open Canvas"),
      command: "vscode.openWith",
      arguments: [run.uri, canvasViewType],
    };
    this.#item.show();
  }

  #tooltip(run: TrainingRun): string {
    const others = this.#training.underWay.length - 1;
    const name = vscode.l10n.t("Training {0}. Click to open the design.", nameOf(run.uri));
    return others === 0
      ? name
      : `${name}\n${vscode.l10n.t("Other trainings under way: {0}", others)}`;
  }
}
