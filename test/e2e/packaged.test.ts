import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor, root } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

describe("the packaged extension", () => {
  let editor: Editor;

  beforeAll(async () => {
    execFileSync(process.execPath, ["tools/package.mjs"], { cwd: root, stdio: "pipe" });
    editor = await openEditor(
      { "lenet5.cnn.json": example("lenet5.cnn.json") },
      { extension: { vsix: `${root}/cnn-architect.vsix` } },
    );
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("opens a design on the canvas", async () => {
    await editor.open("lenet5.cnn.json");
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("has every command it promises", async () => {
    const missing = await editor.workbench.inHost(async (vscode) => {
      const known = await vscode.commands.getCommands(true);
      const extension = vscode.extensions.getExtension("cnn-architect.cnn-architect");
      if (extension === undefined) {
        throw new Error("The extension is not installed.");
      }
      const { contributes } = extension.packageJSON as {
        readonly contributes: { readonly commands: readonly { readonly command: string }[] };
      };
      return contributes.commands
        .map(({ command }) => command)
        .filter((command) => !known.includes(command));
    });
    expect(missing).toEqual([]);
  });

  it("trains with the data and the trainer that it brings", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    await until(async () => /Epoch \d/.test(await editor.statusBar()), "an epoch begins", 90_000);
    await editor.workbench.runCommand("CNN Architect: Stop Training");
    await editor.training.says(/^Stopped after/);
  });

  it("trains with the WASM engine that it brings, where the setting says so", async () => {
    await editor.workbench.inHost(async (vscode) => {
      await vscode.workspace.getConfiguration("cnnArchitect").update("engine", "wasm", true);
    });
    await editor.workbench.runCommand("CNN Architect: Train");
    await until(async () => /Epoch \d/.test(await editor.statusBar()), "an epoch begins", 90_000);
    expect(await editor.training.strip.innerText()).toMatch(/wasm, SIMD, CPU, \d+ thread/);
    await editor.workbench.runCommand("CNN Architect: Stop Training");
    await editor.training.says(/^Stopped after/);
  });

  it("opens an example as a copy to save", async () => {
    await editor.closeAll();
    const { page, runCommand } = editor.workbench;
    await runCommand("CNN Architect: Open Example...");
    await page.locator(".quick-input-list").getByText("LeNet-5", { exact: true }).first().click();
    await editor.canvas.hasTotalParameters("61,706");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
