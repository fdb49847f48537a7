import type { Locator } from "playwright-core";
import { until } from "../../../tools/vscode-host/until.ts";
import type { Workbench } from "../../../tools/vscode-host/workbench.ts";
import { attempt } from "./attempt.ts";

/** Long enough for a button that is there, short enough to look again where the list has moved. */
const SOON = { timeout: 2_000 } as const;

/** VS Code's list of notifications; a VS Code for tests shows no toasts, but keeps them behind the bell. */
export class Notifications {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** Every notification, as text. */
  async all(): Promise<string> {
    return (await this.#open()).innerText();
  }

  /** The notification with these words, in the list behind the bell. */
  async find(words: string | RegExp): Promise<Locator> {
    const found = (await this.#open()).locator(".notification-list-item", { hasText: words });
    // The list closes by itself where the focus moves.
    await until(async () => {
      await this.#open();
      return attempt(() => found.first().waitFor(SOON));
    }, `there is a notification with ${words.toString()}`);
    return found.first();
  }

  /** Presses a button of the notification with these words. */
  async press(words: string | RegExp, button: string): Promise<void> {
    await until(async () => {
      const found = await this.find(words);
      // Another notification moves those below it, also between the look and the click.
      return attempt(async () => {
        await found.hover(SOON);
        await found.getByRole("button", { name: button, exact: true }).click(SOON);
      });
    }, `${button} is pressed`);
  }

  async #open(): Promise<Locator> {
    const list = this.#workbench.page.locator(".notifications-center");
    await until(async () => {
      // Unlike the bell, this closes no list that is open.
      await this.#workbench.inHost(async (vscode) => {
        await vscode.commands.executeCommand("notifications.showList");
      });
      return attempt(() => list.waitFor(SOON));
    }, "the notifications are open");
    return list;
  }
}
