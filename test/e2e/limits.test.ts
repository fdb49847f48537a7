import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const lenet5 = example("lenet5.cnn.json");

describe("Restricted Mode, and a file that may not be changed", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": lenet5, "locked.cnn.json": lenet5 },
      {
        isRestricted: true,
        settings: {
          "security.workspace.trust.startupPrompt": "never",
          "files.readonlyInclude": { "**/locked.cnn.json": true },
        },
      },
    );
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("lets a design be drawn", async () => {
    const file = await editor.open("lenet5.cnn.json");
    await editor.canvas.select("c1");
    await editor.canvas.setOption("filters", "8");
    await until(async () => (await file.text()).includes('"filters": 8'), "the text changes");
  });

  it("says that training is off, and how to turn it on", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    const message = await editor.notifications.find("Training is off in Restricted Mode");
    expect(await message.getByRole("button").allInnerTexts()).toContain("Manage Workspace Trust");
    expect(await editor.statusBar()).not.toContain("Epoch");
  });

  it("says that a file is read-only, and changes nothing", async () => {
    await editor.closeAll();
    const file = await editor.open("locked.cnn.json");
    await editor.canvas.select("c1");
    expect(await editor.canvas.field("filters").isEditable()).toBe(false);
    await editor.workbench.page.keyboard.press("Delete");
    await editor.canvas.root
      .getByTestId("notice")
      .getByText(/read-only/)
      .waitFor();
    await editor.canvas.hasTotalParameters("61,706");
    expect([await file.text(), file.onDisk()]).toEqual([lenet5, lenet5]);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
