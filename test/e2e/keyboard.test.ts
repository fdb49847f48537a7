import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "jsonc-parser";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { Keyboard } from "./pages/keyboard.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

interface Written {
  readonly nodes: Readonly<Record<string, { readonly type: string }>>;
}

describe("without a mouse", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "mine.cnn.json": "" }, { size: { width: 1600, height: 1000 } });
    file = editor.file("mine.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("LeNet-5 is drawn from an empty file", async () => {
    const keyboard = new Keyboard(editor);
    await keyboard.openFile("mine.cnn.json");
    await editor.canvas.totalParameters.waitFor();
    await keyboard.addLayer("input", { shape: "28 × 28 × 1" });
    await keyboard.addLayer("conv2d", {
      filters: "6",
      kernelSize: "5",
      padding: "same",
      activation: "tanh",
    });
    await keyboard.addLayer("average pooling");
    await keyboard.addLayer("conv2d", { filters: "16", kernelSize: "5", activation: "tanh" });
    await keyboard.addLayer("average pooling");
    await keyboard.addLayer("flatten");
    await keyboard.addLayer("dense", { units: "120", activation: "tanh" });
    await keyboard.addLayer("dense", { units: "84", activation: "tanh" });
    await keyboard.addLayer("dense", { units: "10", activation: "softmax" });
    await editor.canvas.hasTotalParameters("61,706");
    expect(await editor.canvas.totalMacs.textContent()).toBe("416,520");
    await until(async () => {
      const { nodes } = parse(await file.text()) as Written;
      return Object.values(nodes).length === 9;
    }, "the file has nine layers");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
