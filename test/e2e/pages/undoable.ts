import { isDeepStrictEqual } from "node:util";
import { until } from "../../../tools/vscode-host/until.ts";
import type { DesignFile } from "./designFile.ts";
import type { Editor } from "./editor.ts";

/** A design on its canvas as it was at first, to which every gesture leads back by undo. */
export class Undoable {
  readonly file: DesignFile;
  readonly #editor: Editor;
  readonly #text: string;
  readonly #places: Readonly<Record<string, string>>;

  private constructor(
    editor: Editor,
    file: DesignFile,
    text: string,
    places: Readonly<Record<string, string>>,
  ) {
    this.#editor = editor;
    this.file = file;
    this.#text = text;
    this.#places = places;
  }

  /** Opens a design with a node `output`, and keeps its text and the places of its cards. */
  static async open(editor: Editor, name: string): Promise<Undoable> {
    const file = await editor.open(name);
    await editor.canvas.node("output").waitFor();
    return new Undoable(editor, file, await file.text(), await editor.canvas.places());
  }

  /** Waits for what the gesture should write, takes it back in one step, and returns what was written. */
  isOneStep(what: string, isDone: (text: string) => boolean): Promise<string> {
    return this.areSteps(1, what, isDone);
  }

  /** The same for gestures that are several steps. */
  async areSteps(count: number, what: string, isDone: (text: string) => boolean): Promise<string> {
    await until(async () => isDone(await this.file.text()), what);
    const written = await this.file.text();
    for (let step = 0; step < count; step += 1) {
      const before = await this.file.text();
      await this.#editor.undo();
      await until(async () => (await this.file.text()) !== before, `undo after ${what}`);
    }
    await this.isBack(what);
    return written;
  }

  /** Waits for the first text byte for byte, and for the cards, which come after it: a gesture that measures one meanwhile would miss it. */
  async isBack(what: string): Promise<void> {
    await until(
      async () => (await this.file.text()) === this.#text,
      `undo takes back that ${what}`,
    );
    await until(
      async () => isDeepStrictEqual(await this.#editor.canvas.places(), this.#places),
      `the cards are where they were before ${what}`,
    );
    // The view is fitted to them a frame later.
    await this.#editor.canvas.isAtRest();
  }
}
