import * as vscode from "vscode";
import type { Run, RunState } from "./run.ts";
import type { RunStore } from "./runStore.ts";
import { runDescription, runTooltip, stateWords } from "./runWords.ts";

/** Id of the view, as package.json declares it. */
const viewId = "cnnArchitect.runs";

const icons: Readonly<Record<RunState, readonly [icon: string, color?: string]>> = {
  running: ["pulse", "charts.blue"],
  completed: ["pass", "testing.iconPassed"],
  stopped: ["circle-slash"],
  paused: ["debug-pause", "charts.blue"],
  failed: ["error", "testing.iconFailed"],
  interrupted: ["debug-disconnect", "list.warningForeground"],
  broken: ["question", "list.warningForeground"],
};

function iconOf(state: RunState): vscode.ThemeIcon {
  const [icon, color] = icons[state];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** Lists the runs in the Explorer, the newest first. */
export class RunsView implements vscode.TreeDataProvider<Run>, vscode.Disposable {
  readonly #store: RunStore;
  readonly onDidChangeTreeData: vscode.Event<void>;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #view: vscode.TreeView<Run>;

  constructor(store: RunStore) {
    this.#store = store;
    this.onDidChangeTreeData = store.onDidChange;
    this.#view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.#subscriptions = [this.#view, store.onDidChange(() => void this.#showIfWanted())];
  }

  /** The run that a key or the palette is about, where the view has the selection. */
  get selected(): Run | undefined {
    return this.#view.selection[0];
  }

  /** Every run that is selected in the view. */
  get selection(): readonly Run[] {
    return this.#view.selection;
  }

  async getChildren(run?: Run): Promise<Run[]> {
    return run === undefined ? [...(await this.#store.list())] : [];
  }

  getTreeItem(run: Run): vscode.TreeItem {
    const item = new vscode.TreeItem(run.name);
    item.id = run.directory;
    item.description = runDescription(run);
    item.tooltip = runTooltip(run);
    item.iconPath = iconOf(run.state);
    item.contextValue = `run.${run.state}`;
    item.accessibilityInformation = {
      label: `${run.name}, ${stateWords(run.state)}, ${runDescription(run)}`,
    };
    if (run.state !== "broken") {
      item.command = {
        title: vscode.l10n.t("Show Metrics"),
        command: "cnnArchitect.showMetrics",
        arguments: [run],
      };
    }
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** The view is there in a workspace with designs or runs, and nowhere else. */
  async #showIfWanted(): Promise<void> {
    const isWanted =
      (await this.#store.list()).length > 0 ||
      (await vscode.workspace.findFiles("**/*.cnn.json", "**/node_modules/**", 1)).length > 0;
    await vscode.commands.executeCommand("setContext", "cnnArchitect.hasRunsOrDesigns", isWanted);
  }
}
