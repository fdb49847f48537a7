import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const design = `{
  "version": 1,
  "name": "Rate",
  "nodes": {
    "image": { "type": "input", "shape": [12, 12, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "activation": "relu" },
    "flat": { "type": "flatten", "from": "c1" },
    "output": { "type": "dense", "from": "flat", "units": 4, "activation": "softmax" }
  },
  "training": {
    "dataset": "synthetic",
    "optimizer": { "type": "sgd", "learningRate": 0.000123 },
    "epochs": 1
  }
}
`;

describe("a learning rate that is looked for", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "rate.cnn.json": design });
    file = await editor.open("rate.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("is drawn and suggested", async () => {
    await editor.workbench.runCommand("CNN Architect: Find Learning Rate");
    await editor.training.says(/^Suggested learning rate: 0\.\d+/);
    await editor.training.strip.getByRole("img", { name: /^Loss by learning rate/ }).waitFor();
    await editor.training.strip.locator(".u-over").hover();
    await editor.training.strip
      .getByTestId("chart-reading")
      .getByText(/^rate [\d.e-]+$/)
      .waitFor();
    expect(await editor.training.strip.innerText()).not.toContain("Early stopping");
  });

  it("is written into the design by a button, as one step that undo takes back", async () => {
    const button = editor.training.strip.getByTestId("use-rate");
    const rate = Number((await button.innerText()).replace("Use ", ""));
    expect(rate).toBeGreaterThan(0.000_123);
    await button.click();
    const changed = design.replace("0.000123", String(rate));
    await until(async () => (await file.text()) === changed, "the rate is in the text");
    await editor.training.strip.getByText(`The design trains with ${rate}.`).waitFor();
    await editor.undo();
    await until(async () => (await file.text()) === design, "the text is as it was");
    await button.waitFor();
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
