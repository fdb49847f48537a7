import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor, root } from "./pages/editor.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const lenet5 = example("lenet5.cnn.json");

describe("draw LeNet-5, see what it costs, train it", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": lenet5 },
      { size: { width: 1600, height: 1000 }, settings: { "workbench.colorTheme": "Dark Modern" } },
    );
    file = await editor.open("lenet5.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("opens on the canvas from the explorer, with its costs", async () => {
    await editor.canvas.node("output").waitFor();
    expect([
      await editor.canvas.totalParameters.textContent(),
      await editor.canvas.totalMacs.textContent(),
      await editor.canvas.nodes.count(),
      await editor.canvas.edges.count(),
    ]).toEqual(["61,706", "416,520", 9, 8]);
  });

  it("changes the text by exactly one option, and undo returns it byte for byte", async () => {
    await editor.canvas.select("c1");
    await editor.canvas.setOption("filters", "8");
    await until(async () => (await file.text()) !== lenet5, "the text changes");
    expect(await file.text()).toBe(lenet5.replace('"filters": 6,', '"filters": 8,'));
    await editor.canvas.hasTotalParameters(lenetParameters(8));
    await editor.undo();
    await until(async () => (await file.text()) === lenet5, "the text is as it was");
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("shows an edit of the text on the canvas at once", async () => {
    await file.replace('"units": 84', '"units": 100');
    await editor.canvas.hasTotalParameters("63,802");
    await file.replace('"units": 100', '"units": 84');
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("trains from the palette; metrics stream in, and Stop ends it", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    await until(
      async () => /Epoch \d+\/5 · /.test(await editor.statusBar()),
      "an epoch begins",
      90_000,
    );
    await editor.training.charts.first().waitFor();
    await editor.workbench.runCommand("CNN Architect: Stop Training");
    await editor.training.says(/^Stopped after/);
    await until(
      async () => !/Epoch|Stopping/.test(await editor.statusBar()),
      "the status bar is quiet",
    );
  });

  it("trains one epoch to its end and says how well it does", async () => {
    await file.replace('"epochs": 5', '"epochs": 1');
    await editor.workbench.runCommand("CNN Architect: Train");
    expect(await editor.training.testAccuracy()).toBeGreaterThan(0.9);
    await editor.training.says("Trained 1 epoch");
    if (process.env["UPDATE_SCREENSHOTS"] === "1") {
      await takePicture(editor, file);
    }
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});

/** 5·5·1·n + n, then c3 over n maps, and the dense layers as they are. */
const lenetParameters = (filters: number): string =>
  (26 * filters + (25 * filters * 16 + 16) + 48_120 + 10_164 + 850).toLocaleString("en");

/** The picture of the README is taken here, where it shows the real thing. */
async function takePicture(editor: Editor, file: DesignFile): Promise<void> {
  const folder = path.join(root, "docs/images");
  fs.mkdirSync(folder, { recursive: true });
  await file.replace('"epochs": 1', '"epochs": 5');
  await editor.workbench.runCommand("CNN Architect: Train");
  await editor.training.says("Trained 5 epochs", 120_000);
  await editor.workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await editor.canvas.select("c3");
  await editor.workbench.runCommand("CNN Architect: Fit");
  // The view glides to its place.
  await setTimeout(500);
  await editor.workbench.page.screenshot({ path: path.join(folder, "lenet5.png") });
}
