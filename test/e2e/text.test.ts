import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const tooLarge = example("lenet5.cnn.json").replace(
  '"from": "s2", "filters": 16, "kernelSize": 5',
  '"from": "s2", "filters": 16, "kernelSize": 50',
);

describe("a design as text", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "lenet5.cnn.json": tooLarge });
    file = editor.file("lenet5.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("has its problems without a canvas", async () => {
    await file.openAsText();
    const problems = await until(async () => {
      const found = await file.problems();
      return found.length > 0 && found;
    }, "there are problems");
    expect(problems).toEqual([
      { code: "shapeMismatch", message: expect.stringMatching(/c3.*50 × 50.*14 × 14/), text: "50" },
    ]);
  });

  it("mends a problem with a quick fix", async () => {
    const titles = await file.applyQuickFix("50");
    expect(titles).toContain("Set Padding to Same");
    await until(async () => (await file.problems()).length === 0, "the problem is gone");
    expect(await file.text()).toMatch(/"c3": \{.*"padding": "same"/);
  });

  it("explains and completes what may be written", async () => {
    expect(await file.hover('"averagePooling2d"')).toMatch(/mean|average/i);
    expect(await file.completions('"averagePooling2d"')).toEqual(
      expect.arrayContaining([expect.stringContaining("maxPooling2d")]),
    );
  });

  it("opens the canvas beside the text, and the text beside the canvas", async () => {
    await editor.workbench.runCommand("CNN Architect: Open Canvas");
    await editor.canvas.totalParameters.waitFor();
    const columns = await editor.workbench.inHost(
      (vscode) => vscode.window.tabGroups.all.filter(({ tabs }) => tabs.length > 0).length,
    );
    expect(columns).toBe(2);
    await editor.inHost("workbench.action.files.revert");
    await editor.closeAll();
  });

  it("begins a new design that the first save writes", async () => {
    await editor.workbench.runCommand("CNN Architect: New Design");
    await editor.canvas.hasTotalParameters("27,210");
    await editor.canvas.pane.focus();
    await editor.workbench.page.keyboard.press("Control+s");
    const saved = path.join(editor.workbench.workspace, "design.cnn.json");
    await until(() => fs.existsSync(saved), "the design is saved");
    await editor.canvas.hasTotalParameters("27,210");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
