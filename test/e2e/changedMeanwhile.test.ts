import fs from "node:fs";
import { parse } from "jsonc-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const lenet5 = example("lenet5.cnn.json");
const otherUnits = lenet5.replace('"units": 84', '"units": 100');

interface Written {
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly canvas?: Readonly<Record<string, readonly number[]>>;
}

/** The text without a node, whose reader reads what it read. */
const without = (id: string, source: string): string =>
  lenet5
    .split("\n")
    .filter((line) => !line.includes(`"${id}":`))
    .join("\n")
    .replace(`"from": "${id}"`, `"from": "${source}"`);

describe("a file that is changed under the open canvas", () => {
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

  beforeEach(async () => {
    await editor.workbench.page.mouse.up();
    await editor.inHost("workbench.action.files.revert");
    await onDisk(lenet5);
    await editor.canvas.pane.click({ position: { x: 8, y: 8 } });
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const design = async (): Promise<Written> => parse(await file.text()) as Written;

  /** Writes the file as git or another editor does, and waits until VS Code has read it. */
  async function onDisk(text: string): Promise<void> {
    fs.writeFileSync(file.path, text);
    await until(async () => (await file.text()) === text, "VS Code has read the file again");
  }

  /** Types into the filters of c1 without a commit. */
  async function typeFilters(value: string): Promise<void> {
    await editor.canvas.select("c1");
    await editor.canvas.field("filters").fill(value);
    await editor.canvas.root.getByText(`6 to ${value} filters:`).waitFor();
  }

  const commit = (): Promise<void> => editor.workbench.page.keyboard.press("Enter");
  const typed = (): Promise<string> => editor.canvas.field("filters").inputValue();

  it("keeps a value that is being typed, and writes it on top of the change", async () => {
    await typeFilters("12");
    await onDisk(otherUnits);
    // 61,706 with 16 units more in f6, and 16·10 weights more behind it.
    await editor.canvas.hasTotalParameters("63,802");
    expect(await typed()).toBe("12");
    await commit();
    await until(async () => (await design()).nodes["c1"]?.["filters"] === 12, "12 is written");
    expect((await design()).nodes["f6"]?.["units"]).toBe(100);
    await editor.undo();
    await until(async () => (await file.text()) === otherUnits, "undo takes back only the 12");
  });

  it("says where the same value was changed meanwhile, and asks before it writes", async () => {
    await typeFilters("12");
    await onDisk(lenet5.replace('"filters": 6', '"filters": 8'));
    const told = editor.canvas.root.getByText("The file has 8 by now.");
    await told.waitFor();
    await editor.canvas.node("s4").click();
    await editor.canvas.select("c1");
    expect([await typed(), (await design()).nodes["c1"]?.["filters"]]).toEqual(["12", 8]);
    await editor.canvas.field("filters").press("Escape");
    await told.waitFor({ state: "detached" });
    expect(await typed()).toBe("8");
  });

  it("says what was typed where the node is gone", async () => {
    await typeFilters("12");
    await onDisk(without("c1", "image"));
    const notice = editor.canvas.root.getByTestId("notice");
    await notice.getByText("“12”, typed for filters, was not written").waitFor();
    await editor.canvas.node("c1").waitFor({ state: "detached" });
    await notice.getByRole("button", { name: "Close" }).click();
  });

  it("goes on typing where the node has another name", async () => {
    await typeFilters("12");
    await onDisk(lenet5.replaceAll('"c1"', '"first"'));
    await editor.canvas.node("first").waitFor();
    // The keyboard is still in the field.
    await editor.workbench.page.keyboard.type("8");
    expect(await typed()).toBe("128");
    await commit();
    await until(async () => (await design()).nodes["first"]?.["filters"] === 128, "it is written");
    await editor.undo();
  });

  it("shows no number as current while the text cannot be read, and waits with the edit", async () => {
    await typeFilters("12");
    await file.replace('"units": 84,', '"units": ,');
    await editor.canvas.root.getByTestId("banner").waitFor();
    expect(
      await editor.canvas.root
        .locator(".figures.is-stale, .canvas.is-stale, .inspector.is-stale")
        .count(),
    ).toBe(3);
    await editor.canvas.field("filters").press("Enter");
    expect(await typed()).toBe("12");
    await file.replace('"units": ,', '"units": 84,');
    await editor.canvas.root.getByTestId("banner").waitFor({ state: "detached" });
    await editor.canvas.field("filters").press("Enter");
    await until(async () => (await design()).nodes["c1"]?.["filters"] === 12, "12 is written");
  });

  it("keeps a drag that is under way, with the change below it", async () => {
    const { page, centerOf } = editor.workbench;
    const { x, y } = await centerOf(editor.canvas.node("c3"));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 10, y + 5, { steps: 3 });
    await file.replace('"units": 84', '"units": 100');
    await editor.canvas.hasTotalParameters("63,802");
    await page.mouse.move(x + 80, y + 40, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await design()).canvas?.["c3"] !== undefined, "c3 has a place");
    expect((await design()).nodes["f6"]?.["units"]).toBe(100);
  });

  it("ends a drag whose node is deleted, and shows the node where it belongs when it is back", async () => {
    const { page, centerOf } = editor.workbench;
    const before = await centerOf(editor.canvas.node("c3"));
    await page.mouse.move(before.x, before.y);
    await page.mouse.down();
    await page.mouse.move(before.x + 60, before.y + 50, { steps: 4 });
    await onDisk(without("c3", "s2"));
    await editor.canvas.node("c3").waitFor({ state: "detached" });
    await page.mouse.move(before.x + 90, before.y + 70, { steps: 3 });
    await page.mouse.up();
    expect(await file.text()).toBe(without("c3", "s2"));
    await onDisk(lenet5);
    await editor.canvas.node("c3").waitFor();
    await until(async () => {
      const { x, y } = await centerOf(editor.canvas.node("c3"));
      return Math.hypot(x - before.x, y - before.y) < 2;
    }, "c3 is back in its place");
  });

  it("loses nothing where disk and canvas were changed both", async () => {
    await editor.canvas.select("c1");
    await editor.canvas.setOption("filters", "12");
    await editor.canvas.hasTotalParameters("64,262");
    fs.writeFileSync(file.path, otherUnits);
    await editor.canvas.pane.focus();
    await editor.workbench.page.keyboard.press("Control+s");
    await editor.notifications.find(/lenet5\.cnn\.json.*newer/);
    // Neither the one nor the other is overwritten, and the canvas shows what VS Code holds.
    await editor.canvas.hasTotalParameters("64,262");
    expect([file.onDisk(), (await design()).nodes["c1"]?.["filters"]]).toEqual([otherUnits, 12]);
    await editor.notifications.press(/lenet5\.cnn\.json.*newer/, "Overwrite");
    await until(() => file.onDisk().includes('"filters": 12'), "the canvas has won");
    expect(file.onDisk()).toBe(await file.text());
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
