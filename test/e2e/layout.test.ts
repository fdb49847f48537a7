import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { Undoable } from "./pages/undoable.ts";

const lenet5 = example("lenet5.cnn.json");

describe("where the cards stand", () => {
  let editor: Editor;
  let file: DesignFile;
  let first: Undoable;

  beforeAll(async () => {
    editor = await openEditor({ "lenet5.cnn.json": lenet5 }, largeWindow);
    first = await Undoable.open(editor, "lenet5.cnn.json");
    ({ file } = first);
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const button = (name: string) => editor.canvas.root.getByRole("button", { name });

  it("what a person has placed stays there when the rest is laid out again", async () => {
    const { canvas } = editor;
    await canvas.dragNode("c3", { x: 220, y: 10 });
    await until(async () => (await file.text()).includes('"canvas"'), "c3 has a place");
    await canvas.isAtRest();
    const { c3: placed, s4 } = await canvas.places();
    const written = parseDesign(await file.text()).design.canvas.get("c3");
    await canvas.select("c1");
    await canvas.paletteItem("batchNormalization").click();
    await until(async () => (await canvas.places())["s4"] !== s4, "the rest makes room");
    await canvas.isAtRest();
    expect((await canvas.places())["c3"]).toBe(placed);
    await first.areSteps(
      2,
      "c3 has a place, and a layer more stands before it",
      (text) =>
        text.includes("batchNormalization") &&
        JSON.stringify(parseDesign(text).design.canvas.get("c3")) === JSON.stringify(written),
    );
  });

  it("the network runs down or to the right, as is asked, and the file never changes", async () => {
    const boxes = async () =>
      Promise.all(["image", "c1", "s2"].map((id) => editor.canvas.boxOf(id)));
    await button("Lay Out from Left to Right").click();
    await button("Lay Out from Top to Bottom").waitFor();
    await editor.canvas.isAtRest();
    const right = await boxes();
    expect(right.map(({ x }) => x)).toEqual(right.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(new Set(right.map(({ y }) => Math.round(y))).size).toBe(1);
    await button("Lay Out from Top to Bottom").click();
    await first.isBack("it ran to the right");
    const down = await boxes();
    expect(new Set(down.map(({ x }) => Math.round(x))).size).toBe(1);
  });

  it("fits the network into the window, and shows it on a map", async () => {
    const { canvas, workbench } = editor;
    const isInSight = async (id: string): Promise<boolean> => {
      const [card, pane] = [await canvas.node(id).boundingBox(), await canvas.pane.boundingBox()];
      return (
        card !== null &&
        pane !== null &&
        card.y >= pane.y &&
        card.y + card.height <= pane.y + pane.height
      );
    };
    const pane = await workbench.centerOf(canvas.pane);
    await workbench.drag(
      { x: pane.x + 250, y: pane.y + 100 },
      { x: pane.x + 250, y: pane.y - 300 },
    );
    await until(async () => !(await isInSight("image")), "the image is out of sight");
    await workbench.runCommand("CNN Architect: Fit");
    await until(async () => isInSight("image"), "the image is in sight");
    await canvas.isAtRest();
    expect([await isInSight("image"), await isInSight("output")]).toEqual([true, true]);
    await button("Map").click();
    const map = canvas.root.locator(".react-flow__minimap");
    await until(async () => (await map.locator(".react-flow__minimap-node").count()) === 9, "nine");
    await button("Map").click();
    await map.waitFor({ state: "detached" });
    expect(await file.text()).toBe(lenet5);
  });

  it("each card says what it is, and each wire which shape runs through it", async () => {
    const { canvas } = editor;
    expect((await canvas.node("c3").innerText()).split(/\s*\n\s*/)).toEqual([
      "c3",
      "Conv2D",
      "16 filters, 5×5, tanh",
      "10×10×16 · RF 14",
      "2,416",
    ]);
    expect(await canvas.node("c3").getAttribute("aria-label")).toBe(
      "c3, convolution, 16 filters, 5 by 5, tanh, output 10 by 10 by 16, 2,416 parameters",
    );
    expect(await canvas.root.locator(".wire-label").allTextContents()).toEqual([
      "28×28×1",
      "28×28×6",
      "14×14×6",
      "10×10×16",
      "5×5×16",
      "400",
      "120",
      "84",
    ]);
  });

  it("the arrow keys go from card to card along the wires, and move one with Alt", async () => {
    const { canvas } = editor;
    await canvas.select("c1");
    await press("ArrowDown");
    await until(async () => (await canvas.selected()).join() === "s2", "s2 is selected");
    await press("ArrowUp");
    await until(async () => (await canvas.selected()).join() === "c1", "c1 is selected");
    await press("Alt+ArrowRight");
    await first.isOneStep("c1 has a place", (text) => text.includes('"canvas"'));
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
