import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { layerTable } from "../../src/core/table/layerTable.ts";
import { tableCsv } from "../../src/core/table/tableCsv.ts";
import { tableMarkdown } from "../../src/core/table/tableMarkdown.ts";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const text = example("resnet.cnn.json");
const table = layerTable(analyzeText(text));

describe("the table of layers", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "resnet.cnn.json": text }, { size: { width: 1600, height: 1000 } });
    file = await editor.open("resnet.cnn.json");
    await editor.workbench.runCommand("CNN Architect: Show Layer Table");
    await row("image").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const row = (id: string) => editor.canvas.root.getByTestId(`table-row-${id}`);

  it("has the keyboard, and reveals a layer on the canvas", async () => {
    const { page } = editor.workbench;
    const selected = editor.canvas.root.locator(".selected");
    await row("stage1").click();
    await editor.canvas.node("stage1").and(selected).waitFor();
    await page.keyboard.press("ArrowRight");
    await row("stage1/2").click();
    await page.keyboard.press("ArrowRight");
    await row("stage1/2/conv1").waitFor();
    // A part of a closed block stands for its block, until it is asked for.
    await editor.canvas.node("stage1").and(selected).waitFor();
    await row("stage1/2/conv1").dblclick();
    await editor.canvas.node("stage1/2/conv1").and(selected).waitFor();
  });

  it("follows the selection of the canvas", async () => {
    const last = table.rows.at(-1)!;
    await editor.workbench.runCommand("CNN Architect: Show Layer Table");
    await editor.workbench.page.keyboard.press("Home");
    await row(table.rows[0]!.id).and(editor.canvas.root.locator(".is-current")).waitFor();
    await editor.workbench.runCommand("CNN Architect: Fit");
    await editor.canvas.select(last.id);
    await row(last.id).and(editor.canvas.root.locator(".is-current")).waitFor();
    expect(await row(last.id).getAttribute("aria-selected")).toBe("true");
  });

  it("sorts by a click, and keeps the total", async () => {
    await editor.canvas.root.getByTestId("table-flat").click();
    await editor.canvas.root.getByTestId("table-sort-parameters").click();
    const heaviest = table.rows
      .filter(({ kind }) => kind === "layer")
      .toSorted((a, b) => b.parameters.total - a.parameters.total)[0]!;
    await until(
      async () => (await row(heaviest.id).getAttribute("aria-posinset")) === "1",
      "the heaviest layer is on top",
    );
    expect(await editor.canvas.root.getByTestId("table-total").innerText()).toContain(
      table.total.parameters.total.toLocaleString("en"),
    );
  });

  it("goes onto the clipboard as Markdown", async () => {
    await editor.canvas.root.getByTestId("table-copy").click();
    await editor.notifications.find(/is on the clipboard, as Markdown/);
    const copied = await editor.workbench.inHost((vscode) => vscode.env.clipboard.readText());
    expect(copied).toBe(tableMarkdown(table));
  });

  it("is saved as CSV where the person says", async () => {
    const { page, workspace } = editor.workbench;
    await editor.workbench.runCommand("CNN Architect: Export Layer Table...");
    await page.locator(".quick-input-list").getByText("Save as CSV...").click();
    const input = page.locator(".quick-input-widget input").first();
    await until(
      async () => (await input.inputValue()).endsWith("resnet.csv"),
      "a name is proposed",
    );
    await page.keyboard.press("Enter");
    const saved = path.join(workspace, "resnet.csv");
    await until(() => fs.existsSync(saved) && fs.statSync(saved).size > 0, "the table is saved");
    expect(fs.readFileSync(saved, "utf8")).toBe(tableCsv(table));
  });

  it("has changed nothing in the design", async () => {
    expect(await file.text()).toBe(text);
    await editor.workbench.close();
  });
});
