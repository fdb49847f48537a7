import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import type { Design } from "../../src/core/design/design.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { Undoable } from "./pages/undoable.ts";

const block = `"blocks": {
    "mine": {
      "parameters": { "k": 4 },
      "inputs": ["x"],
      "nodes": { "c": { "type": "conv2d", "from": "x", "filters": "k", "kernelSize": 1 } },
      "output": "c"
    }
  },
  `;
const text = example("lenet5.cnn.json").replace('"training": {', `${block}"training": {`);

describe("adding layers and blocks, each one undo step", () => {
  let editor: Editor;
  let first: Undoable;

  beforeAll(async () => {
    editor = await openEditor({ "own.cnn.json": text }, largeWindow);
    first = await Undoable.open(editor, "own.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);

  /** Waits for a node of this type, takes it back, and returns its name and the design that had it. */
  async function adds(type: string): Promise<readonly [id: string, design: Design]> {
    const find = ({ nodes }: Design) => [...nodes.values()].find((node) => node.type === type);
    const written = await first.isOneStep(
      `a ${type} is added`,
      (words) => find(parseDesign(words).design) !== undefined,
    );
    const { design } = parseDesign(written);
    return [find(design)?.id ?? "", design];
  }

  /** A place of the canvas without a card. */
  async function freePlace(): Promise<{ readonly x: number; readonly y: number }> {
    const card = await editor.workbench.centerOf(editor.canvas.node("c1"));
    return { x: card.x + 240, y: card.y };
  }

  it("finds a layer by its words, and Enter adds it after the selection", async () => {
    await editor.canvas.select("c1");
    const search = editor.canvas.root.getByRole("searchbox", { name: "Search layers and blocks" });
    await search.fill("dropout");
    await editor.canvas.paletteItem("conv2d").waitFor({ state: "detached" });
    await search.press("Enter");
    const [id, { nodes }] = await adds("dropout");
    expect([nodes.get(id)?.from, nodes.get("s2")?.from]).toEqual([["c1"], [id]]);
    await search.fill("");
    await editor.canvas.paletteItem("conv2d").waitFor();
  });

  it("puts a layer where it is dropped, without a wire", async () => {
    const { canvas, workbench } = editor;
    const item = await workbench.centerOf(canvas.paletteItem("maxPooling2d"));
    const place = await freePlace();
    await workbench.drag(item, place);
    const card = canvas.root.locator(".react-flow__node", { hasText: "MaxPooling2D" });
    const center = await workbench.centerOf(card);
    // The nudge of the drag, and the place is rounded to whole steps of the canvas.
    expect(Math.hypot(center.x - place.x, center.y - place.y)).toBeLessThan(15);
    const [id, { nodes, canvas: places }] = await adds("maxPooling2d");
    expect([nodes.get(id)?.from, [...places.keys()]]).toEqual([[], [id]]);
  });

  it("a double click on the free canvas offers a list, and puts there what is chosen", async () => {
    const { canvas, workbench } = editor;
    const place = await freePlace();
    await workbench.page.mouse.dblclick(place.x, place.y);
    const list = canvas.root.getByTestId("quick-insert");
    await list.getByRole("combobox").fill("batch");
    await list.getByRole("option", { selected: true }).getByText("BatchNormalization").waitFor();
    await press("Enter");
    const [id, { nodes, canvas: places }] = await adds("batchNormalization");
    expect([nodes.get(id)?.from, [...places.keys()]]).toEqual([[], [id]]);
  });

  it("the key / offers the same list, and inserts after the selection", async () => {
    await editor.canvas.select("c1");
    await press("/");
    const list = editor.canvas.root.getByTestId("quick-insert");
    await list.getByRole("combobox", { name: "Insert after c1" }).fill("layerNorm");
    await press("Enter");
    const [id, { nodes }] = await adds("layerNormalization");
    expect([nodes.get(id)?.from, nodes.get("s2")?.from]).toEqual([["c1"], [id]]);
  });

  it("has the blocks of the file, and on top what was used lately", async () => {
    const { canvas } = editor;
    const own = canvas.root.getByRole("region", { name: "Blocks of This File" });
    await canvas.select("c1");
    await own.getByRole("button", { name: "mine" }).click();
    const [id, { nodes }] = await adds("mine");
    expect([nodes.get(id)?.from, nodes.get("s2")?.from]).toEqual([["c1"], [id]]);
    // What was used lately changes its place only while nobody points at it.
    await canvas.totalParameters.hover();
    const recent = canvas.root.getByRole("region", { name: "Recently Used" });
    await until(
      async () => (await recent.getByRole("button").allInnerTexts())[0] === "mine",
      "the block was used last",
    );
    await canvas.select("image");
    await recent.getByRole("button", { name: "mine" }).click();
    const [again, design] = await adds("mine");
    expect(design.nodes.get("c1")?.from).toEqual([again]);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
