import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations, themes } from "./pages/axe.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { RunsView } from "./pages/runsView.ts";

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

const ownBlock =
  '"blocks": { "mine": { "parameters": { "filters": 8 }, "inputs": ["x"], "nodes": { "inner": { "type": "conv2d", "from": "x", "filters": "filters", "kernelSize": 3, "padding": "same" } }, "output": "inner" } },';

/** Something that a person can have on the screen. */
interface State {
  readonly name: string;
  readonly reach: (editor: Editor, file: DesignFile) => Promise<void>;
  /** Back to the canvas with nothing open. */
  readonly leave?: (editor: Editor, file: DesignFile) => Promise<void>;
}

const press = ({ workbench }: Editor, key: string): Promise<void> =>
  workbench.page.keyboard.press(key);

/** Every panel and window of the canvas has its line here. */
const states: readonly State[] = [
  {
    name: "a node selected and its drawings",
    async reach({ canvas }) {
      await canvas.select("c1");
      await canvas.field("filters").waitFor();
      await canvas.root.getByRole("region", { name: "Receptive field" }).waitFor();
    },
  },
  {
    name: "a value being typed",
    async reach(editor) {
      await editor.canvas.select("c1");
      await editor.canvas.field("filters").fill("12");
      await editor.canvas.root.getByText("8 to 12 filters:").waitFor();
    },
    leave: (editor) => press(editor, "Escape"),
  },
  {
    name: "several nodes selected",
    async reach(editor) {
      await editor.canvas.select("c1");
      await editor.canvas.node("block").click({ modifiers: ["ControlOrMeta"] });
      await editor.canvas.root.getByRole("heading", { name: "2 nodes" }).waitFor();
    },
  },
  {
    name: "a block open",
    async reach(editor) {
      await editor.canvas.select("block");
      await press(editor, "Space");
      await editor.canvas.root.getByTestId("frame-block").waitFor();
    },
    async leave(editor) {
      await press(editor, "Space");
      await editor.canvas.root.getByTestId("frame-block").waitFor({ state: "detached" });
    },
  },
  {
    name: "the list of layers to insert",
    async reach(editor) {
      await editor.canvas.select("c1");
      await press(editor, "/");
      await editor.canvas.root.getByTestId("quick-insert").waitFor();
    },
    leave: (editor) => press(editor, "Escape"),
  },
  {
    name: "the sheet of keys",
    async reach(editor) {
      await editor.canvas.select("c1");
      await press(editor, "?");
      await editor.canvas.root.getByRole("dialog").waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByRole("dialog").waitFor({ state: "detached" });
    },
  },
  {
    name: "the window of a new block",
    async reach(editor) {
      await editor.canvas.select("c1");
      await press(editor, "Control+g");
      await editor.canvas.root.getByTestId("new-block").waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("new-block").waitFor({ state: "detached" });
    },
  },
  {
    name: "a problem and its fix",
    async reach(editor, file) {
      await file.replace('"flatten"', '"dropout"');
      await editor.canvas.select("output");
      await editor.canvas.root.locator(".card-problem").first().waitFor();
    },
    leave: (_editor, file) => file.replace('"dropout"', '"flatten"'),
  },
  {
    name: "a text that cannot be read",
    async reach({ canvas }, file) {
      await file.replace('"units": 4', '"units": ');
      await canvas.root.getByTestId("banner").waitFor();
    },
    async leave({ canvas }, file) {
      await file.replace('"units": ', '"units": 4');
      await canvas.root.getByTestId("banner").waitFor({ state: "detached" });
    },
  },
  {
    name: "the table of layers",
    async reach({ workbench, canvas }) {
      await workbench.runCommand("CNN Architect: Show Layer Table");
      await canvas.root.getByTestId("layer-table").getByText("image").first().waitFor();
    },
    async leave({ canvas }) {
      await canvas.root.getByTestId("toggle-table").click();
      await canvas.root.getByTestId("layer-table").waitFor({ state: "detached" });
    },
  },
  {
    name: "what is found",
    async reach(editor) {
      await editor.canvas.select("c1");
      await press(editor, "Control+f");
      await editor.canvas.root.getByTestId("find").getByRole("textbox").fill("type:conv2d");
      await editor.canvas.root.locator(".react-flow__node.is-found").first().waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("find").waitFor({ state: "detached" });
    },
  },
  {
    name: "the help of the palette",
    async reach(editor) {
      await editor.canvas.paletteItem("residualBlock").focus();
      await press(editor, "ArrowRight");
      await editor.canvas.root.locator(".miniature-card").first().waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("entry-help").waitFor({ state: "detached" });
    },
  },
  {
    name: "the published networks",
    async reach({ workbench, canvas }) {
      await workbench.runCommand("CNN Architect: Open Example...");
      const gallery = canvas.root.getByTestId("gallery");
      await gallery.getByText("25.6 M parameters").first().waitFor({ timeout: 60_000 });
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("gallery").waitFor({ state: "detached" });
    },
  },
  {
    name: "what is in the data set",
    async reach({ workbench, canvas }) {
      await workbench.runCommand("CNN Architect: Inspect Data Set");
      await canvas.root.getByTestId("dataset-samples").waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("dataset").waitFor({ state: "detached" });
    },
  },
  {
    name: "the inside of a block of the file",
    async reach(editor, file) {
      await file.replace('"nodes": {', `${ownBlock}\n  "nodes": {`);
      await file.replace('"type": "residualBlock"', '"type": "mine"');
      await editor.canvas.node("block").getByText("mine").waitFor();
      await editor.canvas.node("block").dblclick();
      await editor.canvas.select("block/inner");
      await editor.canvas.root.getByTestId("definition-note").waitFor();
    },
    async leave(editor, file) {
      await press(editor, "Escape");
      await editor.canvas.node("c1").waitFor();
      await file.replace('"type": "mine"', '"type": "residualBlock"');
      await file.replace(`${ownBlock}\n  "nodes": {`, '"nodes": {');
    },
  },
  {
    name: "two designs compared",
    async reach({ workbench, canvas }) {
      await workbench.runCommand("CNN Architect: Compare With...");
      const list = workbench.page.locator(".quick-input-list");
      await list
        .getByText(/^other\.cnn\.json$/)
        .first()
        .click();
      await canvas.root.getByTestId("difference-c1").waitFor();
      const block = canvas.root.getByTestId("compared-block");
      await block.getByRole("button", { name: "Open block" }).click();
      await canvas.root.getByTestId("compared-block/conv1").waitFor();
    },
    async leave(editor) {
      await press(editor, "Escape");
      await editor.canvas.root.getByTestId("comparison").waitFor({ state: "detached" });
    },
  },
  {
    name: "the design as a whole and its savings",
    async reach({ canvas }) {
      await canvas.pane.click({ position: { x: 8, y: 8 } });
      await canvas.root.getByRole("button", { name: "Look for Savings" }).click();
      await canvas.root
        .getByRole("region", { name: "Savings" })
        .getByText("Apply")
        .first()
        .waitFor();
    },
  },
  {
    name: "a training that has ended",
    async reach({ workbench, training }) {
      await workbench.runCommand("CNN Architect: Train");
      await training.testAccuracy();
      await training.charts.first().waitFor();
    },
  },
  {
    name: "a table of runs that are compared",
    async reach(editor) {
      const folder = path.join(editor.workbench.workspace, ".cnn-architect", "runs");
      const [run = ""] = fs.readdirSync(folder);
      const other = path.join(folder, "2026-01-02-03-04-05-wider");
      fs.cpSync(path.join(folder, run), other, { recursive: true });
      for (const [name, from, to] of [
        ["run.json", '"Tiny"', '"Wider"'],
        ["design.cnn.json", '"filters": 8, "k', '"filters": 16, "k'],
      ] as const) {
        const file = path.join(other, name);
        fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
      }
      await editor.closeAll();
      const runs = new RunsView(editor.workbench);
      await runs.open();
      await runs.row("Wider").waitFor();
      await runs.selectBoth("Tiny", "Wider");
      await runs.choose("Wider", "Compare Runs");
      const compared = editor.visibleCanvas().root.getByTestId("compared-runs");
      await compared.getByRole("row", { name: /^c1\.filters (?:8 16|16 8)$/ }).waitFor();
      await compared.locator("canvas").nth(1).waitFor();
    },
  },
];

describe("the canvas is accessible in every theme", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      {
        "tiny.cnn.json": design,
        "other.cnn.json": design.replace('"filters": 8, "k', '"filters": 4, "k'),
      },
      largeWindow,
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

  it.each(states)("with $name", async ({ reach, leave }) => {
    await reach(editor, file);
    expect(await violations()).toEqual([]);
    await leave?.(editor, file);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
