import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const lenet5 = example("lenet5.cnn.json").replace('"epochs": 5', '"epochs": 500');

describe("several views of one design", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": lenet5, "other.cnn.json": example("lenet5.cnn.json") },
      { size: { width: 1600, height: 1000 } },
    );
    file = await editor.open("lenet5.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("shows one change on two canvases", async () => {
    await editor.inHost("workbench.action.splitEditor");
    const [left, right] = [editor.canvasAt(0), editor.canvasAt(1)];
    await right.hasTotalParameters("61,706");
    await file.replace('"units": 84', '"units": 100');
    await left.hasTotalParameters("63,802");
    await right.hasTotalParameters("63,802");
    await editor.inHost("workbench.action.closeEditorsInOtherGroups");
    await until(async () => (await editor.canvasCount()) === 1, "one canvas is left");
  });

  it("catches up when it comes back to the front", async () => {
    await editor.file("other.cnn.json").openFromExplorer();
    await until(async () => (await editor.canvasCount()) === 2, "the other design is open");
    await file.replace('"units": 100', '"units": 84');
    await file.openFromExplorer();
    await editor.visibleCanvas().hasTotalParameters("61,706");
    await editor.closeAll();
  });

  it("sees all of a training that began before it was open", async () => {
    await editor.open("lenet5.cnn.json");
    await editor.workbench.runCommand("CNN Architect: Train");
    await until(
      async () => (await editor.statusBar()).includes("Epoch 2/500"),
      "an epoch is done",
      90_000,
    );
    await editor.closeAll();
    await editor.workbench.page.locator(".statusbar").getByText(/Epoch/).click();
    await editor.training.says(/^Epoch \d+ of 500/);
    await editor.training.charts.first().waitFor();
    await editor.workbench.page
      .locator(".editor-actions")
      .getByRole("button", { name: /^Stop Training/ })
      .click();
    await editor.training.says(/^Stopped after/);
    expect(await editor.training.strip.getByTestId("training-loss").innerText()).toMatch(/^\d/);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
