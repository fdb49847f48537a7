import type { Locator } from "playwright-core";
import type { Editor } from "./editor.ts";
import { markEntry, menuEntry } from "./menuEntry.ts";

/** VS Code's own menu over the canvas. */
export class ContextMenu {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get #items(): Locator {
    return this.#editor.workbench.page.locator(".monaco-menu .action-item .action-label");
  }

  /** Opens it on a card with the right button. */
  async openOn(id: string): Promise<void> {
    await this.#editor.canvas.node(id).click({ button: "right" });
    await this.#items.first().waitFor();
  }

  /** What it offers, from top to bottom. */
  async titles(): Promise<readonly string[]> {
    const titles = await this.#items.allInnerTexts();
    return titles.map((title) => title.trim()).filter((title) => title !== "");
  }

  /** Chooses an entry; of a submenu by its own title after that of the submenu. */
  async choose(...titles: readonly string[]): Promise<void> {
    const { page } = this.#editor.workbench;
    for (const title of titles) {
      await markEntry(menuEntry(page, title));
      await page.keyboard.press("Enter");
    }
    await this.#items.first().waitFor({ state: "detached" });
  }
}
