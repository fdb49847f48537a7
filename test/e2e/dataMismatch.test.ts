import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import type { DesignFile } from "./pages/designFile.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const design = `{
  "version": 1,
  "name": "Petals",
  "nodes": {
    "image": { "type": "input", "shape": [4] },
    "output": { "type": "dense", "from": "image", "units": 2, "activation": "softmax" }
  },
  "training": { "dataset": "./petals.csv", "epochs": 1 }
}
`;

/** Lines of a class and five measures, in three classes that are told apart easily. */
const petals = [
  "class,a,b,c,d,e",
  ...Array.from({ length: 300 }, (_, index) =>
    [
      index % 3,
      ...[0, 1, 2, 3, 4].map((at) => (at === index % 3 ? 9 : 1) + (index % 7) / 10),
    ].join(),
  ),
].join("\n");

describe("a design that does not fit its data", () => {
  let editor: Editor;
  let file: DesignFile;

  beforeAll(async () => {
    editor = await openEditor({ "petals.cnn.json": design, "petals.csv": petals });
    file = await editor.open("petals.cnn.json");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("is told so before it trains", async () => {
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.training.strip
      .getByText("has images of 5 and 3 classes, the design takes 4 and gives 2 values.")
      .waitFor();
  });

  it("is made to fit by a button, as one step that undo takes back, and trains", async () => {
    const button = editor.training.strip.getByTestId("fit-design");
    expect(await button.innerText()).toBe("Set Input to 5 and output to 3 Classes");
    const fitting = design.replace("[4]", "[5]").replace('"units": 2', '"units": 3');
    await button.click();
    await until(async () => (await file.text()) === fitting, "the design fits");
    await button.waitFor({ state: "detached" });
    await editor.undo();
    await until(async () => (await file.text()) === design, "the text is as it was");
    await button.click();
    await until(async () => (await file.text()) === fitting, "the design fits again");
    await editor.training.strip.getByRole("button", { name: "Start Again" }).click();
    await editor.training.says("Trained 1 epoch");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
