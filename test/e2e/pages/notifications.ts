import { setTimeout } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { until } from "../../../tools/vscode-host/until.ts";

/** VS Code's list of notifications; a VS Code for tests shows no toasts, but keeps them behind the bell. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Every notification, as text. */
  async all(): Promise<string> {
    return (await this.#open()).innerText();
  }

  /** The notification with these words, in the list behind the bell. */
  async find(words: string | RegExp): Promise<Locator> {
    const list = await this.#open();
    const found = list.locator(".notification-list-item", { hasText: words }).first();
    await found.waitFor();
    return found;
  }

  /** Presses a button of the notification with these words. */
  async press(words: string | RegExp, button: string): Promise<void> {
    const found = await this.find(words);
    await found.hover();
    await found.getByRole("button", { name: button, exact: true }).click();
  }

  async #open(): Promise<Locator> {
    const list = this.#page.locator(".notifications-center");
    // The bell closes what it has opened, and a list may also close by itself when the focus moves.
    await until(async () => {
      if (!(await list.isVisible())) {
        await this.#page.locator("#status\\.notifications").click();
        await setTimeout(300);
      }
      return list.isVisible();
    }, "the notifications are open");
    return list;
  }
}
