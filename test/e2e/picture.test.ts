import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const text = example("resnet.cnn.json");

describe("a picture of the network", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "resnet.cnn.json": text }, { size: { width: 1600, height: 1000 } });
    file = await editor.open("resnet.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  /** Answers one question after the other, and saves under the name that is proposed. */
  async function save(name: string, ...answers: readonly string[]): Promise<string> {
    const { page, workspace } = editor.workbench;
    await editor.workbench.runCommand("CNN Architect: Export Picture...");
    for (const answer of answers) {
      await page.locator(".quick-input-list").getByText(answer, { exact: true }).click();
    }
    const input = page.locator(".quick-input-widget input").first();
    await until(async () => (await input.inputValue()).endsWith(name), `${name} is proposed`);
    await page.keyboard.press("Enter");
    const saved = path.join(workspace, name);
    await until(() => fs.existsSync(saved) && fs.statSync(saved).size > 0, `${name} is saved`);
    return saved;
  }

  it("is SVG that a parser of XML takes, with the texts of the canvas", async () => {
    const saved = await save("resnet.svg", "SVG, Light", "With Numbers");
    const svg = fs.readFileSync(saved, "utf8");
    const read = await editor.workbench.page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
      return {
        root: parsed.documentElement.nodeName,
        errors: parsed.querySelectorAll("parsererror").length,
        foreign: parsed.querySelectorAll("foreignObject, script, style, image").length,
        texts: [...parsed.querySelectorAll("text")].map((each) => each.textContent),
      };
    }, svg);
    expect(read).toMatchObject({ root: "svg", errors: 0, foreign: 0 });
    expect(read.texts).toEqual(expect.arrayContaining(["stage1", "×2", "28×28×16 · RF 3"]));
  });

  it("is PNG of twice its size", async () => {
    const svg = fs.readFileSync(path.join(editor.workbench.workspace, "resnet.svg"), "utf8");
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const saved = await save("resnet.png", "PNG, Dark", "With Numbers", "2 × its size");
    const png = fs.readFileSync(saved);
    // https://www.w3.org/TR/png/: signature, then IHDR with width and height.
    expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      2 * Number(width),
      2 * Number(height),
    ]);
    const background = await editor.workbench.page.evaluate(async (bytes) => {
      const image = await createImageBitmap(
        new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))]),
      );
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(2, 2, 1, 1).data];
    }, png.toString("base64"));
    expect(background).toEqual([0x0d, 0x11, 0x17, 255]);
  });

  it("has changed nothing in the design", async () => {
    expect(await file.text()).toBe(text);
    await editor.workbench.close();
  });
});
