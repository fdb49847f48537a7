import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "jsonc-parser";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { Undoable } from "./pages/undoable.ts";

interface Written {
  readonly nodes: Readonly<Record<string, { readonly type: string; readonly from?: unknown }>>;
  readonly canvas?: Readonly<Record<string, readonly number[]>>;
}

const lenet5 = example("lenet5.cnn.json");

describe("drawing, each gesture one undo step", () => {
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

  const design = async (): Promise<Written> => parse(await file.text()) as Written;

  const isOneStep = (what: string, isDone: (design: Written) => boolean): Promise<string> =>
    first.isOneStep(what, (text) => isDone(parse(text) as Written));

  it("drags a node", async () => {
    await editor.canvas.dragNode("c3", { x: 40, y: 90 });
    await isOneStep("c3 has a place", ({ canvas }) => canvas?.["c3"] !== undefined);
  });

  it("deletes a node with the keyboard and joins its neighbours", async () => {
    await editor.canvas.select("s2");
    await editor.workbench.page.keyboard.press("Delete");
    await isOneStep(
      "s2 is gone",
      ({ nodes }) => nodes["s2"] === undefined && nodes["c3"]?.from === "c1",
    );
  });

  it("renames a node and every mention of it", async () => {
    await editor.canvas.select("c1");
    await editor.workbench.page.keyboard.press("F2");
    const field = editor.canvas.root.getByLabel("Name of c1", { exact: true });
    await field.fill("first");
    await field.press("Enter");
    await isOneStep(
      "c1 is called first",
      ({ nodes }) => nodes["c1"] === undefined && nodes["s2"]?.from === "first",
    );
  });

  it("adds a layer from the palette after the selection", async () => {
    await editor.canvas.select("s2");
    await editor.canvas.paletteItem("batchNormalization").click();
    await isOneStep("a batch normalization stands there", ({ nodes }) =>
      Object.values(nodes).some(({ type }) => type === "batchNormalization"),
    );
  });

  it("shows what a drop onto a wire would do, and drops it as one step", async () => {
    const { canvas, workbench } = editor;
    const item = await workbench.centerOf(canvas.paletteItem("maxPooling2d"));
    const wire = await canvas.wireCenter("c1", "s2");
    await workbench.page.mouse.move(item.x, item.y);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(item.x + 30, item.y, { steps: 3 });
    await workbench.page.mouse.move(wire.x - 4, wire.y, { steps: 5 });
    await workbench.page.mouse.move(wire.x, wire.y);
    const label = canvas.root.getByTestId("drag-label");
    await label.getByText("28×28×6 → 14×14×6").waitFor();
    expect(await canvas.node("c3").getByTestId("shape").innerText()).toBe("3×3×16");
    expect(await file.text()).toBe(lenet5);
    await workbench.page.mouse.up();
    await label.waitFor({ state: "detached" });
    await isOneStep("a max pooling reads c1 and feeds s2", ({ nodes }) => {
      const [id, pool] =
        Object.entries(nodes).find(([, { type }]) => type === "maxPooling2d") ?? [];
      return pool?.from === "c1" && nodes["s2"]?.from === id;
    });
  });

  it("marks where a wire cannot end, and says why", async () => {
    const { canvas, workbench } = editor;
    const port = await workbench.centerOf(canvas.node("c3").locator(".react-flow__handle.source"));
    const end = await workbench.centerOf(canvas.node("c1"));
    await workbench.page.mouse.move(port.x, port.y);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(port.x + 20, port.y + 20, { steps: 2 });
    await workbench.page.mouse.move(end.x, end.y, { steps: 5 });
    await canvas.root
      .getByTestId("drag-label")
      .getByText("A wire from c3 to c1 would close a circle.")
      .waitFor();
    const refused = await canvas.root
      .locator(".card.is-refused")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-testid")));
    expect(new Set(refused)).toEqual(new Set(["card-c1", "card-image", "card-s2", "card-s4"]));
    await workbench.page.mouse.up();
    await canvas.root.locator(".card.is-refused").first().waitFor({ state: "detached" });
    expect(await file.text()).toBe(lenet5);
  });

  it("mends a join with its button as one step", async () => {
    const { canvas, workbench } = editor;
    await canvas.select("c3");
    await workbench.page.keyboard.press("/");
    await canvas.root.getByTestId("quick-insert").waitFor();
    await workbench.page.keyboard.type("add");
    await workbench.page.keyboard.press("Enter");
    await until(
      async () => Object.values((await design()).nodes).some(({ type }) => type === "add"),
      "an addition stands behind c3",
    );
    const [join = ""] =
      Object.entries((await design()).nodes).find(([, { type }]) => type === "add") ?? [];
    await canvas.root.getByLabel(`Connect an input to ${join}`, { exact: true }).selectOption("s2");
    const problem = canvas.node(join).locator(".card-problem");
    await problem.getByText("cannot join").waitFor();
    // The canvas is ahead of the text by the way to the host and back.
    await until(
      async () => JSON.stringify((await design()).nodes[join]?.from) === '["c3","s2"]',
      "both are wired",
    );
    const broken = await file.text();
    await problem.getByRole("button").click();
    await problem.waitFor({ state: "detached" });
    await until(async () => (await file.text()) !== broken, "the fix is written");
    await editor.undo();
    await until(async () => (await file.text()) === broken, "undo takes back the fix");
    await editor.undo();
    await editor.undo();
    await first.isBack("a join was added");
  });

  it("cuts a wire and connects another", async () => {
    const { canvas, workbench } = editor;
    await canvas.root
      .locator('.react-flow__edge[data-id*="c5"]')
      .first()
      .waitFor({ state: "attached" });
    await canvas.connect("s4", "c5");
    await isOneStep("c5 reads s4", ({ nodes }) => JSON.stringify(nodes["c5"]?.from).includes("s4"));
    expect(await workbench.page.title()).toContain("lenet5");
  });

  it.each([
    ["Add Both", "add"],
    ["Concatenate Both", "concatenate"],
  ])("offers to %s where an input that takes one wire gets a second", async (offer, type) => {
    const { canvas } = editor;
    await canvas.connect("c1", "c3");
    const notice = canvas.root
      .getByTestId("notice")
      .filter({ hasText: "c1 feeds c3 now, in place of s2." });
    await notice.getByRole("button", { name: offer }).click();
    // The wire is one step, what makes both of it another.
    await first.areSteps(2, `${offer}: c3 reads both`, (text) => {
      const { nodes } = parse(text) as Written;
      const [id, join] = Object.entries(nodes).find(([, node]) => node.type === type) ?? [];
      return nodes["c3"]?.from === id && JSON.stringify(join?.from) === '["c1","s2"]';
    });
  });

  it("deletes a wire", async () => {
    const { canvas, workbench } = editor;
    const wire = await canvas.wireCenter("c3", "s4");
    await workbench.page.mouse.click(wire.x, wire.y);
    await canvas.root.locator(".react-flow__edge.selected").waitFor({ state: "attached" });
    await workbench.page.keyboard.press("Delete");
    await isOneStep(
      "s4 reads nothing",
      ({ nodes }) => nodes["s4"] !== undefined && nodes["s4"].from === undefined,
    );
  });

  it("offers what may come next where a wire ends on the free canvas", async () => {
    const { canvas, workbench } = editor;
    const port = await workbench.centerOf(canvas.node("c3").locator(".react-flow__handle.source"));
    await workbench.drag(port, { x: port.x + 220, y: port.y + 10 });
    const list = canvas.root.getByTestId("quick-insert");
    await list.getByRole("combobox", { name: "Insert after c3" }).fill("dropout");
    await workbench.page.keyboard.press("Enter");
    await isOneStep("a dropout reads c3 and stands where the wire ended", (written) => {
      const [id = "", dropout] =
        Object.entries(written.nodes).find(([, { type }]) => type === "dropout") ?? [];
      return dropout?.from === "c3" && written.canvas?.[id] !== undefined;
    });
  });

  it("carries out the palette's commands", async () => {
    await editor.canvas.select("c1");
    await editor.workbench.runCommand("CNN Architect: Delete");
    await isOneStep("c1 is gone", ({ nodes }) => nodes["c1"] === undefined);
    await editor.canvas.dragNode("f6", { x: 0, y: 80 });
    await until(async () => (await design()).canvas?.["f6"] !== undefined, "f6 has a place");
    await editor.workbench.runCommand("CNN Architect: Lay Out Again");
    await until(async () => (await design()).canvas?.["f6"] === undefined, "f6 is laid out again");
    await editor.undo();
    await until(async () => (await design()).canvas?.["f6"] !== undefined, "f6 has its place back");
    await editor.undo();
    await first.isBack("c1 and f6 were changed");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
