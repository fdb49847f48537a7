import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { Design } from "../../src/core/design/design.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { ContextMenu } from "./pages/contextMenu.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { Undoable } from "./pages/undoable.ts";

const lenet5 = example("lenet5.cnn.json");
const other = `{
  "version": 1,
  "nodes": {
    "picture": { "type": "input", "shape": [16, 16, 3] },
    "c1": { "type": "conv2d", "from": "picture", "filters": 4, "kernelSize": 3 }
  }
}
`;

const own = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "mine1": { "type": "mine", "from": "image", "k": 5 }
  },
  "blocks": {
    "mine": {
      "parameters": { "k": 4 },
      "inputs": ["x"],
      "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "k", "kernelSize": 1 } },
      "output": "c"
    }
  }
}
`;

/** Lines that a text has more than another, without their commas. */
function addedLines(before: string, after: string): readonly string[] {
  const lines = (text: string) => text.split("\n").map((line) => line.trim().replace(/,$/, ""));
  const old = new Set(lines(before));
  return lines(after).filter((line) => !old.has(line));
}

describe("many nodes at once, each gesture one undo step", () => {
  let editor: Editor;
  let file: DesignFile;
  let first: Undoable;

  beforeAll(async () => {
    editor = await openEditor(
      {
        "lenet5.cnn.json": lenet5,
        "other.cnn.json": other,
        "own.cnn.json": own,
      },
      largeWindow,
    );
    first = await Undoable.open(editor, "lenet5.cnn.json");
    ({ file } = first);
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const design = async (): Promise<Design> => parseDesign(await file.text()).design;

  const isOneStep = (what: string, isDone: (text: string) => boolean): Promise<string> =>
    first.isOneStep(what, isDone);

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);

  async function selectBoth(one: string, another: string): Promise<void> {
    await editor.canvas.select(one);
    await editor.canvas.node(another).click({ modifiers: ["Control"] });
    await until(async () => (await editor.canvas.selected()).length === 2, "both are selected");
  }

  it("selects what a frame touches that is drawn with Shift, or with the button for it", async () => {
    const { canvas, workbench } = editor;
    const drawFrame = async (): Promise<void> => {
      const [from, to] = [await canvas.boxOf("c1"), await canvas.boxOf("s2")];
      await workbench.page.mouse.move(from.x - 15, from.y - 15);
      await workbench.page.mouse.down();
      await workbench.page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
      await workbench.page.mouse.move(to.x + 40, to.y + 40, { steps: 5 });
      await canvas.root.locator(".react-flow__selection").waitFor();
      await workbench.page.mouse.up();
    };
    await workbench.page.keyboard.down("Shift");
    await drawFrame();
    await workbench.page.keyboard.up("Shift");
    expect(await canvas.selected()).toEqual(["c1", "s2"]);
    await canvas.node("output").click({ modifiers: ["Control"] });
    expect(await canvas.selected()).toEqual(["c1", "s2", "output"]);
    await press("Escape");
    const button = canvas.root.getByRole("button", { name: /^Select by Dragging/ });
    await button.click();
    await drawFrame();
    expect(await canvas.selected()).toEqual(["c1", "s2"]);
    await button.click();
    expect(await file.text()).toBe(lenet5);
  });

  it("copies and pastes beside the selection, with the wires", async () => {
    await selectBoth("c3", "s4");
    await press("Control+c");
    await until(
      async () => (await editor.clipboard()).includes('"c3": { "type": "conv2d"'),
      "the nodes are on the clipboard",
    );
    await press("Control+v");
    const after = await isOneStep("copies stand there", (text) => text.includes('"s3"'));
    const { nodes, canvas } = parseDesign(after).design;
    expect([nodes.get("c2")?.from, nodes.get("s3")?.from]).toEqual([["s2"], ["c2"]]);
    expect([...canvas.keys()]).toEqual(["c2", "s3"]);
  });

  it("cuts and pastes", async () => {
    await editor.canvas.select("s2");
    await press("Control+x");
    await until(async () => (await design()).nodes.get("c3")?.from[0] === "c1", "s2 is cut");
    expect(await editor.clipboard()).toMatch(/^"s2": \{ "type": "averagePooling2d", "from": "c1"/);
    await press("Control+v");
    await until(async () => (await design()).nodes.has("s2"), "s2 is pasted");
    await editor.undo();
    await until(async () => !(await design()).nodes.has("s2"), "the paste is taken back");
    await editor.undo();
    await until(async () => (await file.text()) === lenet5, "the cut is taken back");
  });

  it("duplicates", async () => {
    await editor.canvas.select("f6");
    await press("Control+d");
    const after = await isOneStep("f6 has a twin", (text) => text.includes('"f2"'));
    expect(parseDesign(after).design.nodes.get("f2")).toEqual({
      ...parseDesign(lenet5).design.nodes.get("f6"),
      id: "f2",
    });
  });

  it("lines up what is selected, from the bar above it and as a command", async () => {
    await selectBoth("c1", "f6");
    await editor.canvas.root.getByRole("button", { name: "Align Left" }).click();
    const left = await isOneStep("both have places", (text) => text.includes('"canvas"'));
    const [c1, f6] = ["c1", "f6"].map((id) => parseDesign(left).design.canvas.get(id));
    expect(f6?.[0]).toBe(c1?.[0]);
    await editor.workbench.runCommand("CNN Architect: Align Bottom");
    const bottom = await isOneStep("both have places", (text) => text.includes('"canvas"'));
    const [low, lower] = ["c1", "f6"].map((id) => parseDesign(bottom).design.canvas.get(id));
    expect(lower?.[1]).toBe(low?.[1]);
  });

  it("offers what can be done in a menu, which selects the card that it is opened on", async () => {
    const menu = new ContextMenu(editor);
    await press("Escape");
    await menu.openOn("c5");
    expect(await menu.titles()).toEqual([
      "Add Layer or Block",
      "Rename",
      "Cut",
      "Copy",
      "Paste",
      "Duplicate",
      "Delete",
      "Select All",
      "Create Block From Selection...",
      "Fit",
      "Lay Out Again",
    ]);
    await menu.choose("Delete");
    await isOneStep("c5 is gone", (text) => !text.includes('"c5": {'));
    await selectBoth("c1", "f6");
    await menu.openOn("f6");
    await menu.choose("Align", "Align Top");
    await isOneStep("both have places", (text) => text.includes('"canvas"'));
  });

  it("makes a block of the selection, with a parameter for what differs in an equal place", async () => {
    const { canvas } = editor;
    await selectBoth("c1", "s2");
    await press("Control+g");
    const dialog = canvas.root.getByTestId("new-block");
    await dialog.waitFor();
    expect(await dialog.getByRole("table").innerText()).toMatch(/filters\s+6, 16/);
    await dialog.getByLabel("Name").fill("conv2d");
    await press("Enter");
    expect(await dialog.getByRole("status").innerText()).toBe(
      "There is a layer conv2d already: choose another name.",
    );
    await dialog.getByLabel("Name").fill("stage");
    await press("Enter");
    const after = await isOneStep("the block is there", (text) => text.includes('"blocks"'));
    const { nodes, blocks } = parseDesign(after).design;
    expect([...nodes.keys()]).toEqual([
      "image",
      "stage1",
      "stage2",
      "flatten",
      "c5",
      "f6",
      "output",
    ]);
    expect(nodes.get("stage2")?.options).toEqual({ filters: 16, padding: "valid" });
    expect(blocks.get("stage")?.parameters).toEqual({ filters: 6, padding: "same" });
    await canvas.hasTotalParameters("61,706");
  });

  it("says why a selection cannot be a block", async () => {
    await selectBoth("c1", "f6");
    await editor.workbench.runCommand("CNN Architect: Create Block From Selection...");
    await editor.canvas.root
      .getByTestId("notice")
      .getByText(/^c1 and f6 leave the selection/)
      .waitFor();
    expect(await file.text()).toBe(lenet5);
    await press("Escape");
  });

  it("expands a block into its nodes", async () => {
    const { canvas } = editor;
    await canvas.select("s2");
    await canvas.paletteItem("convBlock").click();
    await until(async () => (await file.text()).includes('"convBlock"'), "the block is there");
    await canvas.node("conv1").waitFor();
    const before = await file.text();
    const menu = new ContextMenu(editor);
    await menu.openOn("conv1");
    await menu.choose("Expand Block");
    await until(async () => !(await file.text()).includes('"convBlock"'), "it is expanded");
    expect(addedLines(before, await file.text())).toEqual([
      '"c3": { "type": "conv2d", "from": "conv1_relu", "filters": 16, "kernelSize": 5, "activation": "tanh" }',
      '"conv1_conv": { "type": "conv2d", "from": "s2", "filters": 32, "kernelSize": 3, "padding": "same", "useBias": false }',
      '"conv1_bn": { "type": "batchNormalization", "from": "conv1_conv" }',
      '"conv1_relu": { "type": "activation", "from": "conv1_bn" }',
    ]);
    await editor.undo();
    await until(async () => (await file.text()) === before, "the block is back");
    await editor.undo();
    await until(async () => (await file.text()) === lenet5, "the text is as it was");
  });

  it("leaves the keys of the clipboard to fields", async () => {
    await editor.canvas.select("c1");
    const before = await editor.clipboard();
    const field = editor.canvas.field("filters");
    await field.focus();
    await press("Control+a");
    await press("Control+c");
    await press("End");
    await press("Control+v");
    expect(await field.inputValue()).toBe("66");
    await press("Escape");
    expect(await file.text()).toBe(lenet5);
    // VS Code under test has a clipboard of its own, which only nodes have reached.
    expect(await editor.clipboard()).toBe(before);
  });

  it("goes from the canvas to the text, from the text to the canvas, and to another file", async () => {
    await selectBoth("c1", "s2");
    await press("Control+c");
    await until(async () => (await editor.clipboard()).startsWith('"c1"'), "the nodes are copied");
    const target = editor.file("other.cnn.json");
    await target.openAsText();
    await target.select('    "c1"', "");
    await editor.inHost("editor.action.clipboardPasteAction");
    await until(async () => (await target.text()).includes('"s2"'), "the nodes are in the text");
    const typed = parseDesign(
      (await target.text()).replace(
        '"c1": { "type": "conv2d", "from": "image"',
        '"c0": { "type": "conv2d", "from": "picture"',
      ),
    );
    expect(typed.isJson).toBe(true);
    expect([...typed.design.nodes.keys()]).toEqual(["picture", "c0", "s2", "c1"]);
    await press("Control+z");
    await until(async () => (await target.text()) === other, "the text is as it was");
    await editor.writeClipboard(
      '    "c1": { "type": "conv2d", "from": "picture", "filters": 4, "kernelSize": 3 }',
    );

    await file.openFromExplorer();
    await editor.canvas.pane.focus();
    await press("Escape");
    await press("Control+v");
    const after = await isOneStep("the node of the other file is here", (text) =>
      text.includes('"c2"'),
    );
    expect(addedLines(lenet5, after)[0]).toBe(
      '"c2": { "type": "conv2d", "filters": 4, "kernelSize": 3 }',
    );
  });

  it("goes from the canvas of one file to that of another, with the block that it uses", async () => {
    await editor.file("own.cnn.json").openFromExplorer();
    const source = editor.visibleCanvas();
    await source.select("mine1");
    await press("Control+c");
    await until(async () => (await editor.clipboard()).startsWith('"mine1"'), "the node is copied");
    await file.openFromExplorer();
    const target = editor.visibleCanvas();
    await target.node("c1").waitFor();
    await target.pane.focus();
    await press("Control+v");
    await until(async () => (await file.text()).includes('"mine1"'), "the node is here");
    const { nodes, blocks } = parseDesign(await file.text()).design;
    expect(nodes.get("mine1")).toMatchObject({ type: "mine", from: ["image"] });
    expect([...blocks.keys()]).toEqual(["mine"]);
    await target.node("mine1").waitFor();
    await target.pane.focus();
    await press("Control+z");
    await until(async () => (await file.text()) === lenet5, "the text is as it was");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
