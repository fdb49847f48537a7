import type { Locator } from "playwright-core";
import { until } from "../../../tools/vscode-host/until.ts";
import { attempt } from "./attempt.ts";
import { root } from "./editor.ts";
import { markEntry, menuEntry } from "./menuEntry.ts";
import type { Workbench } from "../../../tools/vscode-host/workbench.ts";

/** The list of runs in the Explorer. */
export class RunsView {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Unfolds the view, which is folded at first, and not there before the extension has found a design or a run. */
  async open(): Promise<void> {
    await until(async () => {
      await this.#workbench.inHost(async (vscode) => {
        await vscode.commands.executeCommand("cnnArchitect.runs.focus");
      });
      return this.#pane.locator(".pane-header.expanded").isVisible();
    }, "the view of runs is open");
  }

  get rows(): Locator {
    return this.#pane.locator(".monaco-list-row");
  }

  get #pane(): Locator {
    return this.#workbench.page.locator(".pane", {
      has: this.#workbench.page.getByLabel("CNN Runs Section"),
    });
  }

  row(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words });
  }

  /** Selects two runs, again where the list was drawn anew between the clicks. */
  async selectBoth(first: string, second: string): Promise<void> {
    await until(async () => {
      await this.row(first).click();
      await this.row(second).click({ modifiers: ["Control"] });
      return (await this.rows.and(this.#pane.locator(".selected")).count()) === 2;
    }, `${first} and ${second} are selected`);
  }

  /** Chooses from the menu of a run. */
  async choose(words: string | RegExp, action: string): Promise<void> {
    const { page } = this.#workbench;
    const item = menuEntry(page, action);
    const soon = { timeout: 2_000 };
    // The list is drawn anew whenever a run goes on, which closes a menu or takes the row from under the pointer.
    await until(async () => {
      const isMarked = await attempt(async () => {
        await this.row(words).click({ button: "right", ...soon });
        await markEntry(item, soon);
      });
      await page.keyboard.press(isMarked ? "Enter" : "Escape");
      return isMarked;
    }, `${action} is chosen`);
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
