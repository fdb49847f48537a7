import type { Locator } from "playwright-core";
import { root } from "./editor.ts";
import type { Workbench } from "../../../tools/vscode-host/workbench.ts";

/** The list of runs in the Explorer. */
export class RunsView {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Unfolds the view, which is folded at first. */
  async open(): Promise<void> {
    await this.#workbench.inHost(async (vscode) => {
      await vscode.commands.executeCommand("cnnArchitect.runs.focus");
    });
  }

  get rows(): Locator {
    return this.#workbench.page
      .locator(".pane", { has: this.#workbench.page.getByLabel("CNN Runs Section") })
      .locator(".monaco-list-row");
  }

  row(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words });
  }

  /** Chooses from the menu of a run. */
  async choose(words: string | RegExp, action: string): Promise<void> {
    await this.row(words).click({ button: "right" });
    const item = this.#workbench.page
      .locator(".monaco-menu .action-label")
      .getByText(action, { exact: true });
    // A menu that has just opened takes the release of the button that opened it for the click.
    await item.hover();
    await this.#workbench.page.keyboard.press("Enter");
    await item.waitFor({ state: "detached" });
  }

  /** Says yes to every question; VS Code refuses to show a modal dialog in tests. */
  async confirmEverything(): Promise<void> {
    await this.#workbench.inHost((_vscode, extension) => {
      const { createRequire } = require("node:module") as typeof import("node:module");
      const own = createRequire(`${extension}/dist/extension.js`)("vscode") as {
        readonly window: Record<string, unknown>;
      };
      own.window["showWarningMessage"] = (_question: string, _options: object, yes: string) =>
        Promise.resolve(yes);
    }, root);
  }
}
