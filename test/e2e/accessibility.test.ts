import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations, themes } from "./pages/axe.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const design = `{
  "version": 1,
  "name": "Tiny",
  "nodes": {
    "image": { "type": "input", "shape": [12, 12, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 8, "kernelSize": 3, "activation": "relu" },
    "block": { "type": "residualBlock", "from": "c1", "filters": 8 },
    "flat": { "type": "flatten", "from": "block" },
    "output": { "type": "dense", "from": "flat", "units": 4, "activation": "softmax" }
  },
  "training": { "dataset": "synthetic", "epochs": 1 }
}
`;

describe("the canvas is accessible in every theme", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "tiny.cnn.json": design },
      { size: { width: 1600, height: 1000 }, settings: { "window.autoDetectColorScheme": false } },
    );
    file = await editor.open("tiny.cnn.json");
    await editor.canvas.node("output").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  /** What axe finds fault with, by theme. */
  async function violations(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const theme of themes) {
      found.push(...(await findViolations(editor, theme)));
    }
    return found;
  }

  it("with a node selected", async () => {
    await editor.canvas.select("c1");
    await editor.canvas.field("filters").waitFor();
    expect(await violations()).toEqual([]);
  });

  it("with a block open", async () => {
    await editor.canvas.select("block");
    await editor.workbench.page.keyboard.press("Space");
    const open = editor.canvas.root.getByTestId("frame-block");
    await open.waitFor();
    expect(await violations()).toEqual([]);
    await editor.workbench.page.keyboard.press("Space");
    await open.waitFor({ state: "detached" });
  });

  it("with the list of layers to insert", async () => {
    await editor.canvas.select("c1");
    await editor.workbench.page.keyboard.press("/");
    await editor.canvas.root.getByTestId("quick-insert").waitFor();
    expect(await violations()).toEqual([]);
    await editor.workbench.page.keyboard.press("Escape");
  });

  it("with a problem and its fix", async () => {
    await file.replace('"flatten"', '"dropout"');
    await editor.canvas.select("output");
    await editor.canvas.root.locator(".card-problem").first().waitFor();
    expect(await violations()).toEqual([]);
    await file.replace('"dropout"', '"flatten"');
  });

  it("with a training that has ended", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.training.testAccuracy();
    await editor.training.charts.first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
