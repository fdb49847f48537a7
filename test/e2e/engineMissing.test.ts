import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const lenet5 = example("lenet5.cnn.json");
const missing = "The native engine (TensorFlow, about 300 MB) is not installed";
const short = lenet5.replace('"epochs": 5', '"epochs": 1');
const withoutData = lenet5.replace(/,\n {2}"training": [^]*\n {2}\}/, "");

describe("a training without the native engine", () => {
  const cache = fs.mkdtempSync(path.join(os.tmpdir(), "no-engine-"));
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(
      { "lenet5.cnn.json": lenet5, "data.cnn.json": withoutData, "short.cnn.json": short },
      { environment: { CNN_ARCHITECT_CACHE: cache } },
    );
  });

  pictureOnFailure(() => editor);

  afterAll(async () => {
    await editor.stop();
    fs.rmSync(cache, { recursive: true });
  });

  it("says that the native engine is missing, and offers two ways on", async () => {
    await editor.open("lenet5.cnn.json");
    await editor.workbench.runCommand("CNN Architect: Train");
    const message = await editor.notifications.find(missing);
    const buttons = await message.getByRole("button").allInnerTexts();
    expect(buttons).toEqual(expect.arrayContaining(["Train With WASM", "Install Native Engine"]));
    await editor.workbench.runCommand("CNN Architect: Show Log");
    // Only the name: a VS Code without its compiled logger keeps no lines.
    const { page } = editor.workbench;
    const channels = page.locator(".part.panel select:visible", {
      has: page.locator('option[value="CNN Architect"]'),
    });
    await until(async () => (await channels.inputValue()) === "CNN Architect", "the log is shown");
  });

  it("installs on request with progress, and cancels at once", async () => {
    await editor.workbench.runCommand("CNN Architect: Install Native Engine");
    const words = /Installing the native engine.*: (Fetching the package|Looking|Downloading)/;
    await editor.notifications.press(words, "Cancel");
    const { page } = editor.workbench;
    const message = page.locator(".notification-list-item", { hasText: "Installing the native" });
    await message.waitFor({ state: "detached" });
    // Cancelling is what was asked for: nothing is said about it.
    expect(await editor.notifications.all()).not.toMatch(/could not be installed/);
    const left = fs.readdirSync(path.join(editor.workbench.workspace, ".."), { recursive: true });
    expect(left.filter((name) => String(name).includes("tfjs-node"))).toEqual([]);
  });

  it("says which error stops it, and leads to the Problems panel", async () => {
    const file = editor.file("lenet5.cnn.json");
    await file.replace('"averagePooling2d", "from": "c1"', '"averagePooling3d", "from": "c1"');
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.notifications.press(/cannot be trained yet: .*s2/, "Show Problems");
    await editor.workbench.page.locator(".markers-panel").getByText(/s2/).first().waitFor();
    await file.replace("averagePooling3d", "averagePooling2d");
  });

  it("asks for a data set where the design names none, and writes it as one undo step", async () => {
    await editor.closeAll();
    const file = await editor.open("data.cnn.json");
    const { page, runCommand } = editor.workbench;
    // The same question from before would give way to the new one while it is looked for.
    await runCommand("Notifications: Clear All Notifications");
    await runCommand("CNN Architect: Train");
    await page.locator(".quick-input-list").getByText("MNIST", { exact: true }).click();
    await until(
      async () => /"training": \{\s*"dataset": "mnist"\s*\}/.test(await file.text()),
      "the data set is written",
    );
    await editor.notifications.find(missing);
    await editor.undo();
    await until(async () => (await file.text()) === withoutData, "the text is as it was");
  });

  it("trains with WASM where that is chosen, names it, and does not ask again", async () => {
    await editor.closeAll();
    await editor.open("short.cnn.json");
    // The questions of the trainings before would start those.
    await editor.workbench.runCommand("Notifications: Clear All Notifications");
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.notifications.press(missing, "Train With WASM");
    expect(await editor.training.testAccuracy()).toBeGreaterThan(0.9);
    expect(await editor.training.strip.innerText()).toMatch(/wasm, SIMD, CPU, \d+ thread/);
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.training.says(/^(Training|Epoch)/);
    await editor.workbench.runCommand("CNN Architect: Stop Training");
    await editor.training.says(/^Stopped/);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
