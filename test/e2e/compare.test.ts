import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const text = example("lenet5.cnn.json");
const other = text.replace('"filters": 16', '"filters": 20');

describe("two designs compared", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": text, "other.cnn.json": other },
      { size: { width: 1600, height: 1000 } },
    );
    const git = (...parameters: readonly string[]) =>
      execFileSync("git", ["-C", editor.workbench.workspace, ...parameters]);
    git("init", "--quiet");
    git("add", "--all");
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message=first");
    file = await editor.open("lenet5.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const at = (testId: string) => editor.canvas.root.getByTestId(testId);

  async function compareWith(label: RegExp): Promise<void> {
    await editor.workbench.runCommand("CNN Architect: Compare With...");
    await editor.workbench.page.locator(".quick-input-list").getByText(label).first().click();
    await at("comparison").waitFor();
  }

  it("shows a file of the workspace beside this one, and what follows from the change", async () => {
    await compareWith(/^other\.cnn\.json$/);
    await at("difference-c3").filter({ hasText: "filters 20 → 16" }).waitFor();
    await at("difference-c5").filter({ hasText: "−12,000" }).waitFor();
    expect(await at("difference-total").innerText()).toContain("−12,604");
    expect(await at("compared-c3").getAttribute("data-kind")).toBe("changed");
    expect(await at("compared-s4").getAttribute("data-kind")).toBe("affected");
  });

  it("goes from difference to difference by F7", async () => {
    const { page } = editor.workbench;
    await at("difference-table").focus();
    await page.keyboard.press("F7");
    await at("difference-c3").and(editor.canvas.root.locator(".is-current")).waitFor();
    await page.keyboard.press("F7");
    await at("difference-s4").and(editor.canvas.root.locator(".is-current")).waitFor();
    await page.keyboard.press("Shift+F7");
    await at("difference-c3").and(editor.canvas.root.locator(".is-current")).waitFor();
  });

  it("follows both texts", async () => {
    await editor.file("other.cnn.json").replace('"filters": 20', '"filters": 18');
    await at("difference-c3").filter({ hasText: "filters 18 → 16" }).waitFor();
    await file.replace('"units": 84', '"units": 80');
    await at("difference-f6").filter({ hasText: "units 84 → 80" }).waitFor();
    await file.replace('"units": 80', '"units": 84');
    await at("difference-f6").waitFor({ state: "detached" });
  });

  it("ends by Esc, on the canvas of before", async () => {
    await at("difference-table").focus();
    await editor.workbench.page.keyboard.press("Escape");
    await at("comparison").waitFor({ state: "detached" });
    await editor.canvas.hasTotalParameters("61,706");
    expect(await file.text()).toBe(text);
  });

  it("shows what changed since the last commit", async () => {
    await compareWith(/Last Commit/);
    await editor.canvas.root.getByText("The designs are the same.").waitFor();
    await file.replace('"filters": 16', '"filters": 8');
    await at("difference-c3").filter({ hasText: "filters 16 → 8" }).waitFor();
    await at("stop-comparing").click();
    await editor.canvas.totalParameters.waitFor();
    await file.replace('"filters": 8', '"filters": 16');
    expect(await file.text()).toBe(text);
    await editor.closeAll();
    await editor.workbench.close();
  });
});
