import { until } from "../../../tools/vscode-host/until.ts";
import type { Editor } from "./editor.ts";

/** Fields from one end of the inspector to the other; a person would have given up long before. */
const MOST_TABS = 60;

/** What a person without a mouse does: nothing but keys, read off what has the focus. */
export class Keyboard {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Opens a file by its name; the focus is on its canvas. */
  async openFile(name: string): Promise<void> {
    const { page } = this.#editor.workbench;
    const input = page.locator(".quick-input-widget input").first();
    await page.keyboard.press("Control+p");
    await input.waitFor();
    await page.keyboard.type(name);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await page.keyboard.press("Enter");
  }

  /** Adds a layer after the selected one and writes its options; the focus is on its card again. */
  async addLayer(words: string, options: Readonly<Record<string, string>> = {}): Promise<void> {
    const { page } = this.#editor.workbench;
    const { canvas } = this.#editor;
    const count = await canvas.nodes.count();
    await page.keyboard.press("/");
    await canvas.root.getByTestId("quick-insert").waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
    await until(async () => (await canvas.nodes.count()) === count + 1, `${words} is drawn`);
    await until(async () => (await this.#focused()).isCard, `the card of ${words} has the focus`);
    if (Object.keys(options).length === 0) {
      return;
    }
    await page.keyboard.press("Enter");
    await until(async () => !(await this.#focused()).isCard, `the options of ${words} are reached`);
    for (const [option, value] of Object.entries(options)) {
      await this.#write(option, value);
    }
    await page.keyboard.press("Escape");
    await until(async () => (await this.#focused()).isCard, "the keyboard is on the card again");
  }

  /** Walks to the field of an option, writes it and commits it. */
  async #write(option: string, value: string): Promise<void> {
    const { page } = this.#editor.workbench;
    let focused = await this.#focused();
    for (let tabs = 0; focused.label !== option; tabs += 1) {
      if (tabs === MOST_TABS) {
        throw new Error(`Tab does not lead to ${option}.`);
      }
      await page.keyboard.press("Tab");
      focused = await this.#focused();
    }
    if (focused.isList) {
      await page.keyboard.type(value);
    } else {
      await page.keyboard.press("Control+a");
      await page.keyboard.type(value);
      await page.keyboard.press("Enter");
    }
    await until(async () => (await this.#focused()).value === value, `${option} is ${value}`);
  }

  /** The element with the focus inside the canvas, as a screen reader would name it. */
  #focused(): Promise<{
    readonly isCard: boolean;
    readonly isList: boolean;
    readonly label: string;
    readonly value: string;
  }> {
    return this.#editor.canvas.root.locator("body").evaluate(() => {
      const element = document.activeElement;
      const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      return {
        isCard: element?.classList.contains("react-flow__node") ?? false,
        isList: element instanceof HTMLSelectElement,
        label: (isField ? element.labels?.[0]?.textContent : undefined) ?? "",
        value: isField ? element.value : "",
      };
    });
  }
}
