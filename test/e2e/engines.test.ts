import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

describe("the comparison of engines", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor({ "lenet5.cnn.json": example("lenet5.cnn.json") });
    await editor.open("lenet5.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const engineSetting = (): Promise<unknown> =>
    editor.workbench.inHost(async (vscode) =>
      vscode.workspace.getConfiguration("cnnArchitect").get("engine"),
    );

  it("ends where it is cancelled, without a word", async () => {
    await editor.workbench.runCommand("CNN Architect: Compare Engines");
    await editor.notifications.press(/Comparing engines/, "Cancel");
    const { page } = editor.workbench;
    const message = page.locator(".notification-list-item", { hasText: "Comparing engines" });
    await message.waitFor({ state: "detached" });
    expect(await page.locator(".quick-input-list").isVisible()).toBe(false);
  });

  it("shows how fast each engine is, and trains with the one that is chosen", async () => {
    expect(await engineSetting()).toBe("auto");
    const { page } = editor.workbench;
    await editor.workbench.runCommand("CNN Architect: Compare Engines");
    const row = (name: string) =>
      page.locator(".quick-input-list .monaco-list-row", { hasText: name });
    await row("WASM").first().waitFor({ timeout: 180_000 });
    const figures =
      /[\d,]+ images\/s · ([\d.]+ × )?the fastest[^]*[\d.,]+ ms a step · \d+ MB at most/;
    expect(await row("Native (tfjs-node)").innerText()).toMatch(figures);
    expect(await row("WASM").first().innerText()).toMatch(figures);
    expect(await row("WebGPU").innerText()).toMatch(/images\/s|not here/);
    expect(await row("Automatic").innerText()).toMatch(/in use/);
    const input = page.locator(".quick-input-widget input").first();
    expect(await input.getAttribute("placeholder")).toBe(
      "Batches of 128 · mnist · choose the engine to train with",
    );
    await row("WASM").first().click();
    await until(async () => (await engineSetting()) === "wasm", "the setting is written");
  });
});
