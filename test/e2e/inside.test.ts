import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { findViolations, themes } from "./pages/axe.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const textOf = (id: string): string => zooText(zoo.find((network) => network.id === id)!);

const own = `{
  "version": 1,
  "name": "Own",
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "unit": { "type": "pair", "from": "image", "width": 8, "repeat": 2 },
    "mean": { "type": "globalAveragePooling2d", "from": "unit" }
  },
  "blocks": {
    "pair": {
      "parameters": { "width": 4 },
      "inputs": ["x"],
      "nodes": {
        "first": { "type": "conv2d", "from": "x", "filters": "width", "kernelSize": 3 },
        "second": { "type": "conv2d", "from": "first", "filters": "2*width", "kernelSize": 1 }
      },
      "output": "second"
    }
  }
}
`;

const built = `{
  "version": 1,
  "name": "Built",
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 8] },
    "stage": { "type": "residualBlock", "from": "image", "filters": 8 }
  }
}
`;

describe("blocks and what is inside of them", () => {
  let editor: Editor;
  let file: DesignFile;
  let ownFile: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "resnet152.cnn.json": textOf("resnet152"), "own.cnn.json": own, "built.cnn.json": built },
      largeWindow,
    );
    file = await editor.open("resnet152.cnn.json");
    await editor.canvas.node("conv3").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const crumbs = async (): Promise<readonly string[]> =>
    editor.canvas.root.getByTestId("breadcrumbs").getByRole("listitem").allInnerTexts();
  const cardCount = (): Promise<number> =>
    editor.canvas.root.locator(".react-flow__node-card").count();

  it("ResNet-152 is nine cards", async () => {
    expect(await cardCount()).toBe(9);
  });

  it("Space opens a stage to its copies, and a copy to its layers", async () => {
    await editor.canvas.select("conv3");
    await press("Space");
    await editor.canvas.node("conv3/8").waitFor({ state: "attached" });
    expect(await editor.canvas.node("conv3/2").innerText()).toContain("281,600");
    await editor.canvas.select("conv3/2");
    await press("Space");
    await editor.canvas.node("conv3/2/bn3").waitFor({ state: "attached" });
    await press("Space");
    await editor.canvas.node("conv3/2/bn3").waitFor({ state: "detached" });
    await editor.canvas.node("conv3/2").waitFor();
  });

  it("a double click goes inside, and the way there leads back, by mouse and by key", async () => {
    await editor.canvas.node("conv3/2").dblclick();
    await editor.canvas.node("conv3/2/conv1").waitFor();
    expect([await crumbs(), await cardCount()]).toEqual([["ResNet-152", "conv3", "2"], 12]);
    await press("Escape");
    await editor.canvas.node("conv3/8").waitFor({ state: "attached" });
    expect(await crumbs()).toEqual(["ResNet-152", "conv3"]);
    await press("Alt+ArrowUp");
    await editor.canvas.node("image").waitFor();
    expect(await crumbs()).toEqual([]);
    await editor.canvas.select("conv2");
    await press("Control+Enter");
    await editor.canvas.node("conv2/3").waitFor();
    await editor.canvas.root.getByRole("button", { name: "ResNet-152", exact: true }).click();
    await editor.canvas.node("image").waitFor();
  });

  it("the inside has no violations of accessibility", async () => {
    await editor.canvas.node("conv2").dblclick();
    await editor.canvas.node("conv2/2").waitFor();
    await editor.canvas.select("conv2/2");
    await press("Space");
    await editor.canvas.node("conv2/2/add").waitFor({ state: "attached" });
    const found: string[] = [];
    for (const theme of themes) {
      found.push(...(await findViolations(editor, theme)));
    }
    expect(found).toEqual([]);
    await press("Escape");
  });

  it("the commands open everything down to the layers and close it again; the file never changes", async () => {
    await editor.workbench.runCommand("CNN Architect: Open All Blocks");
    await editor.canvas.root.locator(".frame").first().waitFor();
    await editor.workbench.runCommand("CNN Architect: Close All Blocks");
    await until(async () => (await cardCount()) === 9, "every block is closed");
    expect(await file.text()).toBe(textOf("resnet152"));
  });

  it("follows a block that is renamed outside, and goes to the nearest level that is left", async () => {
    await editor.canvas.select("conv5");
    await press("Control+Enter");
    await editor.canvas.node("conv5/3").dblclick();
    await until(async () => (await crumbs()).length === 3, "the copy fills the canvas");
    await file.replace(
      '"filters": 512, "strides": 2, "bottleneck": true, "strideOn": "1x1", "repeat": 3',
      '"filters": 512, "strides": 2, "bottleneck": true, "strideOn": "1x1", "repeat": 2',
    );
    await until(async () => (await crumbs()).length === 2, "the stage fills the canvas");
    await file.replace('"conv5": {', '"last": {');
    await until(async () => (await crumbs())[1] === "last", "the new name is shown");
    const line = (await file.text()).split("\n").find((each) => each.includes('"last": {')) ?? "";
    await file.replace(`${line}\n`, "");
    await editor.canvas.node("image").waitFor();
    expect(await crumbs()).toEqual([]);
  });

  it("a block of the file opens like those of the product, and leads to its definition", async () => {
    await editor.closeAll();
    ownFile = await editor.open("own.cnn.json");
    await editor.canvas.node("unit").dblclick();
    await editor.canvas.node("unit/2").dblclick();
    await editor.canvas.node("unit/2/first").waitFor();
    expect(await editor.canvas.node("unit/2/second").innerText()).toContain("16 filters");
    await editor.canvas.root
      .getByTestId("breadcrumbs")
      .getByRole("button", { name: "Show Definition" })
      .click();
    await editor.workbench.page.locator(".monaco-editor .view-lines").first().waitFor();
    await editor.workbench.inHost(async (vscode) => {
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });
  });

  describe("an edit inside of a block of the file changes its definition", () => {
    /** Makes a gesture inside of the second copy; it leaves this text, and one undo step takes it back. */
    async function leaves(text: string, what: string, gesture: () => Promise<void>): Promise<void> {
      await editor.canvas.select("unit/2/second");
      await gesture();
      await until(async () => (await ownFile.text()) === text, what);
      await editor.undo();
      await until(async () => (await ownFile.text()) === own, `undo takes back that ${what}`);
      await editor.canvas.node("unit/2/second").waitFor();
    }

    it("where an option is edited, with words that say what else changes", () =>
      leaves(own.replace("2*width", "3*width"), "an option is edited", async () => {
        await editor.canvas.root
          .getByTestId("definition-note")
          .getByText("pair is used 2 times")
          .waitFor();
        await editor.canvas.field("filters").fill("3*width");
        await press("Enter");
        await editor.canvas.node("unit/2/second").getByText("24 filters").waitFor();
      }));

    it("where a node is renamed, added or deleted", async () => {
      const renamed = own.replace('"second": {', '"last": {').replace(': "second"', ': "last"');
      await leaves(renamed, "a node is renamed", async () => {
        await editor.canvas.root.getByRole("textbox", { name: "Name" }).fill("last");
        await press("Enter");
      });
      const added = own
        .replace(
          '"kernelSize": 1 }',
          '"kernelSize": 1 },\n        "flatten1": { "type": "flatten", "from": "second" }',
        )
        .replace('"output": "second"', '"output": "flatten1"');
      await leaves(added, "a node is added behind the last one", async () => {
        await editor.canvas.node("unit/2/second").focus();
        await press("/");
        await editor.canvas.root.getByTestId("quick-insert").getByRole("combobox").fill("flatten");
        await press("Enter");
        await editor.canvas.node("unit/2/flatten1").waitFor();
      });
      const line = own.split("\n").find((each) => each.includes('"first": {'));
      const deleted = own.replace(`${line}\n`, "").replace('"from": "first"', '"from": "x"');
      await leaves(deleted, "a node is deleted", async () => {
        await editor.canvas.select("unit/2/first");
        await press("Delete");
        await editor.canvas.node("unit/2/first").waitFor({ state: "detached" });
      });
    });
  });

  it("the next problem is the part inside that has it", async () => {
    await ownFile.replace('"kernelSize": 1', '"kernelSize": 0');
    await editor.canvas.pane.focus();
    await press("F8");
    const second = editor.canvas.node("unit/1/second");
    await second.locator(".card-problem").getByText("kernelSize must be").waitFor();
    await editor.canvas.root.getByTestId("inspector").getByText("kernelSize must be").waitFor();
    await ownFile.replace('"kernelSize": 0', '"kernelSize": 1');
    await second.locator(".card-problem").waitFor({ state: "detached" });
  });

  it("a part of a built-in block can be edited once the block is made one of the file", async () => {
    await editor.closeAll();
    file = await editor.open("built.cnn.json");
    await editor.canvas.node("stage").dblclick();
    await editor.canvas.select("stage/conv1");
    await press("Delete");
    await editor.canvas.root.getByTestId("notice").getByText("Make It My Own").click();
    await editor.canvas.field("filters").waitFor();
    const made = await file.text();
    expect(made).toContain('"stage": { "type": "stage", "from": "image" }');
    await editor.canvas.field("filters").fill("12");
    await press("Enter");
    const written = '"conv1": { "type": "conv2d", "from": "x", "filters": 12';
    await until(async () => (await file.text()).includes(written), "the option is edited");
    await editor.undo();
    await until(async () => (await file.text()) === made, "the edit is taken back");
    await editor.undo();
    await until(async () => (await file.text()) === built, "the block is a built-in one again");
  });
});
