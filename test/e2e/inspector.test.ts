import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDesign } from "../../src/core/design/parse.ts";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { Undoable } from "./pages/undoable.ts";

const lenet5 = example("lenet5.cnn.json");
const twelve = lenet5.replace('"filters": 6', '"filters": 12');

/** Two maps of 26 × 26, of which the second begins one pixel further. */
const misaligned = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "same": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "padding": [1, 0, 1, 0] },
    "shifted": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "padding": [0, 1, 0, 1] },
    "join": { "type": "concatenate", "from": ["same", "shifted"] }
  }
}
`;

describe("the inspector, each edit one undo step", () => {
  let editor: Editor;
  let file: DesignFile;
  let first: Undoable;

  beforeAll(async () => {
    editor = await openEditor(
      {
        "lenet5.cnn.json": lenet5,
        "bottleneck.cnn.json": example("bottleneck.cnn.json"),
        "misaligned.cnn.json": misaligned,
      },
      largeWindow,
    );
    first = await Undoable.open(editor, "lenet5.cnn.json");
    ({ file } = first);
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const section = (name: string) => editor.canvas.root.getByRole("region", { name });

  it("says the effect while a value is typed, and Enter writes it", async () => {
    await editor.canvas.select("c1");
    await editor.canvas.field("filters").fill("12");
    // 156 more weights here and 5·5·6·16 behind it; 28·28·6·25 and 10·10·16·6·25 MACs.
    await editor.canvas.root
      .getByText("6 to 12 filters: +2,556 parameters, +357.6 k MACs")
      .waitFor();
    expect(await file.text()).toBe(lenet5);
    await press("Enter");
    expect(await first.isOneStep("12 is written", (text) => text === twelve)).toBe(twelve);
  });

  it("writes what was typed when the field is left, and nothing after Escape", async () => {
    await editor.canvas.select("c1");
    const field = editor.canvas.field("filters");
    await field.fill("12");
    await press("Tab");
    await first.isOneStep("12 is written", (text) => text === twelve);
    await editor.canvas.select("c1");
    await field.fill("12");
    await press("Escape");
    expect(await field.inputValue()).toBe("6");
    await press("Tab");
    await editor.canvas.isWritten();
    expect(await file.text()).toBe(lenet5);
  });

  it("counts by the arrow keys, and says what an option cannot be", async () => {
    await editor.canvas.select("c1");
    const field = editor.canvas.field("filters");
    await field.press("ArrowUp");
    await field.press("ArrowUp");
    expect(await field.inputValue()).toBe("8");
    await field.fill("0");
    await press("Enter");
    await editor.canvas.root.getByTestId("option-filters").locator(".option-issue").waitFor();
    expect(await file.text()).toBe(lenet5);
    await press("Escape");
  });

  it("keeps Ctrl+Z in a field in the field", async () => {
    await editor.canvas.select("c1");
    await editor.canvas.setOption("filters", "12");
    await until(async () => (await file.text()) === twelve, "12 is written");
    const field = editor.canvas.field("kernelSize");
    await field.focus();
    await press("End");
    await editor.workbench.page.keyboard.type("3");
    expect(await field.inputValue()).toBe("53");
    await press("Control+z");
    await until(async () => (await field.inputValue()) === "5", "the typing is taken back");
    await editor.canvas.isWritten();
    expect(await file.text()).toBe(twelve);
    await first.isOneStep("12 is written", (text) => text === twelve);
  });

  it("edits several nodes together", async () => {
    await editor.canvas.select("c5");
    await editor.canvas.node("f6").click({ modifiers: ["Control"] });
    await editor.canvas.root.getByRole("heading", { name: "2 nodes" }).waitFor();
    const field = editor.canvas.field("units");
    expect(await field.getAttribute("placeholder")).toBe("(different)");
    await field.fill("64");
    await press("Enter");
    const both = lenet5
      .replace('"units": 120', '"units": 64')
      .replace('"units": 84', '"units": 64');
    await first.isOneStep("both have 64 units", (text) => text === both);
  });

  it("shows the formulas with the layer's own numbers, its wires, and how its weights start", async () => {
    await editor.canvas.select("c3");
    const costs = section("Costs");
    await costs.getByText("5·5·6·16 + 16 = 2,416").waitFor();
    expect(await costs.innerText()).toMatch(/uniform within ±√\(6 \/ \(150 \+ 400\)\)/);
    const wires = section("Wires");
    expect(await wires.innerText()).toMatch(/s2\s*14×14×6[^]*s4\s*5×5×16/);
    await wires.getByRole("button", { name: "s4", exact: true }).click();
    const name = editor.canvas.root.getByRole("textbox", { name: "Name" });
    await until(async () => (await name.inputValue()) === "s4", "s4 is selected");
  });

  it("slides the receptive field with the pointer and by keys, and shows it grow on the way", async () => {
    await editor.canvas.select("c3");
    const field = section("Receptive field");
    await field.getByText("Receptive field 14 × 14").waitFor();
    const image = field.getByRole("slider", {
      name: "Window of 14 by 14 pixels on an image of 28 by 28",
    });
    const seen = () => image.getAttribute("aria-valuetext");
    await image.hover({ position: { x: 3, y: 3 } });
    await until(async () => (await seen())?.includes("output 0, 0 sees") ?? false, "the corner");
    await image.focus();
    await press("ArrowRight");
    await until(async () => (await seen())?.includes("output 0, 1 sees") ?? false, "one further");
    const growth = field.getByRole("slider", { name: "Layer on the way from the image" });
    await growth.focus();
    await press("Home");
    await press("ArrowRight");
    await field.getByText("Receptive field 5 × 5").waitFor();
  });

  it("lists what would save, with the numbers after, and applies it", async () => {
    await editor.canvas.pane.click({ position: { x: 8, y: 8 } });
    await editor.canvas.root.getByRole("button", { name: "Look for Savings" }).click();
    const list = section("Savings");
    const suggestion = list.getByRole("listitem").filter({
      hasText: "61,706 → ",
      has: editor.workbench.page.getByRole("button", { name: "Apply", exact: true }),
    });
    await suggestion.first().waitFor();
    const words = await suggestion.first().innerText();
    const [, after = ""] = /61,706 → ([\d,]+) parameters/.exec(words) ?? [];
    expect(Number(after.replaceAll(",", ""))).toBeGreaterThan(0);
    await suggestion.first().getByRole("button", { name: "Apply", exact: true }).click();
    await editor.canvas.hasTotalParameters(after);
    const written = await first.isOneStep("it is applied", (text) => text !== lenet5);
    expect(parseDesign(written).isJson).toBe(true);
    await list.getByRole("button", { name: "Stop Looking" }).click();
  });

  it("shows one chosen measure on the cards, as number and as share of the heaviest", async () => {
    const figure = async (id: string): Promise<readonly [number: string, share: string]> => [
      await editor.canvas.node(id).getByTestId("measure").innerText(),
      await editor.canvas
        .node(id)
        .locator(".card-weight")
        .evaluate((bar) => (bar as HTMLElement).style.width),
    ];
    const choice = editor.canvas.root.getByTestId("measure-choice");
    expect([await figure("c5"), await figure("s2")]).toEqual([
      ["48,120", "100%"],
      ["0", "0%"],
    ]);
    await choice.selectOption("macs");
    await until(async () => (await figure("c3"))[0] === "240,000", "MACs are shown");
    expect([(await figure("c3"))[1], (await figure("c1"))[1]]).toEqual(["100%", "49%"]);
    await choice.selectOption("parameters");
    await until(async () => (await figure("c3"))[0] === "2,416", "parameters are shown");
    expect(await file.text()).toBe(lenet5);
  });

  it("marks branches that look at different places of the image", async () => {
    await editor.closeAll();
    const other = await editor.open("misaligned.cnn.json");
    const mark = editor.canvas.node("join").getByRole("img", {
      name: "The branches joined here look at different places of the image.",
    });
    await mark.waitFor();
    await editor.canvas.select("join");
    const rows = section("Receptive field").getByRole("row");
    await until(
      async () =>
        (await rows.allInnerTexts()).join("|").replaceAll(/\s+/g, " ") ===
        "branch window stride first centre|same 3 1 0, 0|≠ shifted 3 1 1, 1",
      "the inspector names the branch",
    );
    await editor.canvas.select("shifted");
    await editor.canvas.setOption("padding", "1");
    await mark.waitFor({ state: "detached" });
    // The canvas shows an edit before the document has it, and before that there is nothing to undo.
    await until(async () => (await other.text()).includes('"padding": 1'), "1 is written");
    await editor.undo();
    await until(async () => (await other.text()) === misaligned, "the text is as it was");
    await mark.waitFor();
  });

  it("says of a bottleneck what it stands for and what it saves", async () => {
    await editor.closeAll();
    await editor.open("bottleneck.cnn.json");
    await editor.canvas.select("narrow");
    const saving = section("Costs").locator(".saving");
    await saving.getByText("Instead of").waitFor();
    expect(await saving.innerText()).toMatch(/18,432[^]*9,728/);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
