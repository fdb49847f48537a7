import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { RandomHand } from "./pages/randomHand.ts";

const gestures = 100;
const lenet5 = example("lenet5.cnn.json");

/** Set GESTURE_SEED to repeat what has failed. */
const seed = Number(process.env["GESTURE_SEED"] ?? 20_260);

describe("one hundred random gestures", { timeout: 600_000 }, () => {
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

  it("leave a design that can be read, and undoing them returns the text byte for byte", async ({
    onTestFailed,
  }) => {
    process.stdout.write(`GESTURE_SEED=${seed}\n`);
    const hand = new RandomHand(editor, seed);
    const done: string[] = [];
    onTestFailed(() => void process.stdout.write(`${done.join("\n")}\n`));
    const texts = [lenet5];
    await file.startHistory();
    let changes = 0;
    while (done.length < gestures) {
      const before = texts.at(-1) ?? "";
      done.push(await hand.gesture(parseDesign(before).design));
      await editor.canvas.isWritten();
      texts.splice(1, Infinity, ...(await file.history()));
      const steps = texts.length - 1 - changes;
      changes += steps;
      // One gesture is one edit, or none where it was refused or asked for what is there already.
      expect(steps, `${steps} edits by: ${done.at(-1)}`).toBeLessThanOrEqual(1);
      expect(parseDesign(texts.at(-1) ?? "").isJson, done.at(-1)).toBe(true);
    }
    expect(changes).toBeGreaterThan(gestures / 2);
    process.stdout.write(`${changes} of ${gestures} gestures changed the text\n`);
    await editor.canvas.pane.focus();
    for (const text of texts.slice(0, -1).toReversed()) {
      await editor.inHost("undo");
      await until(async () => (await file.text()) === text, "each undo takes back one edit");
    }
    expect(await file.text()).toBe(lenet5);
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
