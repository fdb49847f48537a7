import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

// More epochs than anybody waits for: it is stopped as soon as the times are there.
const design = `{
  "version": 1,
  "name": "Timed",
  "nodes": {
    "image": { "type": "input", "shape": [12, 12, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 8, "kernelSize": 3, "activation": "relu" },
    "block": { "type": "convBlock", "from": "c1", "filters": 8, "kernelSize": 3 },
    "flat": { "type": "flatten", "from": "block" },
    "output": { "type": "dense", "from": "flat", "units": 4, "activation": "softmax" }
  },
  "training": { "dataset": "synthetic", "epochs": 1000 }
}
`;

const milliseconds = /^\d+(?:\.\d+)? ms$/;

describe("the training time of layers", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(
      { "timed.cnn.json": design },
      { settings: { "cnnArchitect.engine": "wasm" } },
    );
    await editor.open("timed.cnn.json");
    await editor.canvas.node("output").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const choice = () => editor.canvas.root.getByTestId("measure-choice");

  const figureOf = (id: string): Promise<string> =>
    editor.canvas.node(id).getByTestId("measure").innerText();

  it("cannot be chosen before a training tells it", async () => {
    expect(
      await choice()
        .locator('option[value="trainingTime"]')
        .evaluate((option) => [(option as HTMLOptionElement).disabled, option.textContent]),
    ).toEqual([true, "training time (while training)"]);
  });

  it("stands on every card that takes part, of blocks too, while the training runs", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    await choice()
      .locator('option[value="trainingTime"]:enabled')
      .waitFor({ state: "attached", timeout: 120_000 });
    await choice().selectOption("trainingTime");
    for (const id of ["c1", "block", "output"]) {
      await until(async () => milliseconds.test(await figureOf(id)), `${id} says its time`);
    }
    const title = await editor.canvas.node("c1").getByTestId("measure").getAttribute("title");
    expect(title).toMatch(
      /^[\d.]+ ms for a step of \d+ images: [\d.]+ ms forward, [\d.]+ ms backward \(mean of \d+ steps\)$/,
    );
  });

  it("stays when the training has ended", async () => {
    await editor.workbench.runCommand("CNN Architect: Stop Training");
    await editor.training.says(/^Stopped after/);
    expect(await Promise.all(["c1", "block", "output"].map(figureOf))).toEqual([
      expect.stringMatching(milliseconds),
      expect.stringMatching(milliseconds),
      expect.stringMatching(milliseconds),
    ]);
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
