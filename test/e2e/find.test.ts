import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const text = zooText(zoo.find(({ id }) => id === "resnet50")!);

describe("finding nodes", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor({ "resnet50.cnn.json": text }, largeWindow);
    await editor.open("resnet50.cnn.json");
    await editor.canvas.node("conv2").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const keyboard = () => editor.workbench.page.keyboard;
  const box = () => editor.canvas.root.getByTestId("find");
  const countIs = (words: string): Promise<void> =>
    box().getByRole("status").filter({ hasText: words }).waitFor();

  it("Ctrl+F opens the box, counts the matches and marks their blocks", async () => {
    await editor.canvas.select("conv2");
    await keyboard().press("Control+f");
    await box().waitFor();
    await keyboard().type("type:conv2d filters>=2048");
    await countIs("? of 4");
    expect(await editor.canvas.node("conv5").getAttribute("data-found")).toBe("4");
    expect(await editor.canvas.root.locator(".react-flow__node.is-found").count()).toBe(1);
  });

  it("Enter goes from match to match and opens what is closed around it", async () => {
    await box().getByRole("textbox").focus();
    await keyboard().press("Enter");
    await countIs("1 of 4");
    await editor.canvas.node("conv5/1/conv3").waitFor({ state: "attached" });
    await keyboard().press("F3");
    await countIs("2 of 4");
    await keyboard().press("Shift+Enter");
    await countIs("1 of 4");
    await until(
      async () =>
        (await editor.canvas.node("conv5/1/conv3").getAttribute("class"))?.includes("is-found") ??
        false,
      "the match is marked",
    );
  });

  it("says in words what it does not know", async () => {
    await box().getByRole("textbox").fill("fliters>3");
    await box().getByRole("alert").filter({ hasText: "Is it filters?" }).waitFor();
    await countIs("No results");
  });

  it("Esc closes it, the marks go and the keyboard is on the canvas", async () => {
    await box().getByRole("textbox").fill("projection");
    await countIs("of 8");
    await keyboard().press("Escape");
    await box().waitFor({ state: "detached" });
    expect(await editor.canvas.root.locator(".is-found").count()).toBe(0);
    await editor.workbench.runCommand("CNN Architect: Find Node");
    await countIs("of 8");
    await keyboard().press("Escape");
    expect(await editor.file("resnet50.cnn.json").text()).toBe(text);
  });

  it("the sheet of shortcuts opens by its key and by its command, and Esc closes it", async () => {
    await editor.canvas.pane.focus();
    await keyboard().press("?");
    const sheet = editor.canvas.root.getByTestId("key-sheet");
    await sheet.getByText("Find Node").waitFor();
    await sheet.getByRole("button", { name: "Close" }).focus();
    await keyboard().press("Escape");
    await sheet.waitFor({ state: "detached" });
    await editor.workbench.runCommand("CNN Architect: Show Keyboard Shortcuts");
    await sheet.waitFor();
    await keyboard().press("Escape");
    await sheet.waitFor({ state: "detached" });
  });
});
