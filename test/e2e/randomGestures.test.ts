import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { RandomHand } from "./pages/randomHand.ts";

const gestures = 100;
const lenet5 = example("lenet5.cnn.json");

/** Set GESTURE_SEED to repeat what has failed. */
const seed = Number(process.env["GESTURE_SEED"] ?? 20_260);

describe("one hundred random gestures", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": lenet5 },
      { size: { width: 1600, height: 1000 } },
    );
    file = await editor.open("lenet5.cnn.json");
    await editor.canvas.node("output").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("leave a design that can be read, and undoing them returns the text byte for byte", async () => {
    process.stdout.write(`GESTURE_SEED=${seed}\n`);
    const hand = new RandomHand(editor, seed);
    const done: string[] = [];
    let text = lenet5;
    let changes = 0;
    while (done.length < gestures) {
      done.push(await hand.gesture(parseDesign(text).design));
      const before = text;
      text = await settledText();
      changes += text === before ? 0 : 1;
      expect(parseDesign(text).isJson, `${done.join("\n")}\n${text}`).toBe(true);
    }
    expect(changes, done.join("\n")).toBeGreaterThan(gestures / 2);
    process.stdout.write(`${changes} of ${gestures} gestures changed the text\n`);
    await editor.canvas.pane.focus();
    // Some gestures are two steps, such as leaving a field for another node, so undo as long as it does anything.
    let steps = 0;
    for (let after = text, before = ""; after !== before; after = await file.text()) {
      before = after;
      await editor.inHost("undo");
      steps += 1;
    }
    expect(await file.text(), `after ${steps - 1} steps back\n${done.join("\n")}`).toBe(lenet5);
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });

  /** The text, once the host has answered everything that the canvas asked for. */
  async function settledText(): Promise<string> {
    let before = await file.text();
    for (;;) {
      await editor.canvas.root
        .locator("body")
        .evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
      const now = await file.text();
      if (now === before) {
        return now;
      }
      before = now;
    }
  }
});
