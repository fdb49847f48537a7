import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const start = `{
  "version": 1,
  "name": "Start",
  "nodes": {
    "image": { "type": "input", "shape": [224, 224, 3] }
  }
}
`;

describe("the palette's help and the gallery", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor({ "start.cnn.json": start, "empty.cnn.json": "" }, largeWindow);
    await editor.open("start.cnn.json");
    await editor.canvas.node("image").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const press = (key: string): Promise<void> => editor.workbench.page.keyboard.press(key);
  const gallery = () => editor.canvas.root.getByTestId("gallery");
  const help = () => editor.canvas.root.getByTestId("entry-help");

  it("help comes under the pointer and goes with it", async () => {
    await editor.canvas.paletteItem("conv2d").hover();
    await help().getByText("k·k·C/groups·N + N").waitFor();
    await editor.canvas.totalParameters.hover();
    await help().waitFor({ state: "detached" });
  });

  it("help comes by key, with a picture of the block", async () => {
    await editor.canvas.paletteItem("residualBlock").focus();
    await press("ArrowRight");
    await help().locator(".miniature-card").first().waitFor();
    await help().getByRole("rowheader", { name: "bottleneck" }).waitFor();
    await press("Escape");
    await help().waitFor({ state: "detached" });
  });

  it("the command opens the gallery, with the errors by year", async () => {
    await editor.canvas.pane.focus();
    await editor.workbench.runCommand("CNN Architect: Open Example...");
    await gallery().getByText("25.6 M parameters").first().waitFor({ timeout: 60_000 });
    expect(
      await gallery().getByRole("region", { name: "ILSVRC error by year" }).innerText(),
    ).toMatch(/28\.2 %[^]*16\.4 %[^]*AlexNet[^]*3\.57 %[^]*ResNet-152/);
  });

  it("a network is inserted behind the image as one step", async () => {
    await gallery().getByRole("searchbox").fill("resnet-18");
    await gallery().getByTestId("network-resnet18").click();
    await gallery().getByRole("button", { name: "Insert after image" }).click();
    await editor.canvas.hasTotalParameters("11.7 M");
    const file = editor.file("start.cnn.json");
    await until(async () => (await file.text()).includes('"conv5": {'), "the file has it");
    await editor.undo();
    await until(async () => (await file.text()) === start, "the first text is back");
  });

  it("a network is inserted as one block as one step", async () => {
    await editor.workbench.runCommand("CNN Architect: Open Example...");
    await gallery().getByRole("searchbox").fill("resnet-18");
    await gallery().getByTestId("network-resnet18").click();
    await gallery().getByRole("button", { name: "Insert as Block" }).click();
    await editor.canvas.hasTotalParameters("11.7 M");
    const file = editor.file("start.cnn.json");
    const node = '"resnet18": { "type": "resnet18", "from": "image" }';
    await until(async () => (await file.text()).includes(node), "the file has the block");
    await editor.canvas.node("resnet18").dblclick();
    await editor.canvas.node("resnet18/conv5").waitFor();
    await editor.undo();
    await until(async () => (await file.text()) === start, "the first text is back");
  });

  it("Enter opens a copy, and the file behind it stays as it was", async () => {
    await editor.workbench.runCommand("CNN Architect: Open Example...");
    await gallery().getByRole("searchbox").fill("lenet");
    await gallery().getByTestId("network-lenet5").focus();
    await press("Enter");
    await editor.visibleCanvas().hasTotalParameters("61,706");
    const text = await editor.workbench.inHost((vscode) =>
      vscode.workspace.textDocuments
        .filter(({ isUntitled }) => isUntitled)
        .map((document) => document.getText()),
    );
    expect(text).toEqual([zooText(zoo.find(({ id }) => id === "lenet5")!)]);
    await editor.closeAll();
  });

  it("an empty canvas leads to it too", async () => {
    await editor.open("empty.cnn.json");
    await editor.canvas.root.getByRole("button", { name: "Look at Published Networks" }).click();
    await gallery().getByTestId("network-lenet5").waitFor();
    await press("Escape");
    await gallery().waitFor({ state: "detached" });
  });
});
