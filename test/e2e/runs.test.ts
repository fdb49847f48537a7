import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { RunsView } from "./pages/runsView.ts";

const design = `{
  "version": 1,
  "name": "Tiny",
  "nodes": {
    "image": { "type": "input", "shape": [12, 12, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 8, "kernelSize": 3, "activation": "relu" },
    "flat": { "type": "flatten", "from": "c1" },
    "output": { "type": "dense", "from": "flat", "units": 4, "activation": "softmax" }
  },
  // Kept as it was.
  "training": { "dataset": "synthetic", "epochs": 1 }
}
`;

describe("the runs of a workspace", () => {
  let editor: Editor;
  let runs: RunsView;
  let root: string;

  beforeAll(async () => {
    editor = await openEditor(
      { "tiny.cnn.json": design },
      // VS Code hears nothing of these folders, as on a drive of the network.
      { settings: { "files.watcherExclude": { "**/.cnn-architect/**": true } } },
    );
    runs = new RunsView(editor.workbench);
    root = path.join(editor.workbench.workspace, ".cnn-architect", "runs");
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("show a training with its accuracy as soon as it is done", async () => {
    await editor.open("tiny.cnn.json");
    await editor.workbench.runCommand("CNN Architect: Train");
    const accuracy = await editor.training.testAccuracy();
    await runs.open();
    const words = `${(100 * accuracy).toFixed(1)}% · 1 epoch · `;
    await runs.row("Tiny").filter({ hasText: words }).waitFor();
    const [folder, ...others] = fs.readdirSync(root);
    expect([folder, others]).toEqual([expect.stringMatching(/^\d{4}(?:-\d\d){5}-Tiny$/), []]);
    const files = fs.readdirSync(path.join(root, folder ?? ""), { recursive: true });
    expect(files.map(String).toSorted()).toEqual([
      "checkpoints",
      path.join("checkpoints", "best.safetensors"),
      path.join("checkpoints", "last.safetensors"),
      "design.cnn.json",
      expect.stringMatching(/^events\.out\.tfevents\./),
      "metrics.jsonl",
      "run.json",
    ]);
    expect(fs.readFileSync(path.join(root, "../.gitignore"), "utf8")).toBe("*\n");
  });

  it("take another name", async () => {
    await runs.choose("Tiny", "Rename Run...");
    const input = editor.workbench.page.locator(".quick-input-widget input").first();
    await input.fill("My first");
    await input.press("Enter");
    await runs.row("My first").waitFor();
    const [folder = ""] = fs.readdirSync(root);
    const record = fs.readFileSync(path.join(root, folder, "run.json"), "utf8");
    expect(JSON.parse(record)).toMatchObject({ name: "My first", status: "completed" });
  });

  it("show their curves with the design as it was, which cannot be changed", async () => {
    await editor.closeAll();
    await runs.row("My first").click();
    await editor.canvas.totalParameters.waitFor();
    await editor.training.says("Trained 1 epoch");
    await editor.training.charts.first().waitFor();
    await editor.training.strip.locator(".u-over").first().hover();
    const readings = editor.training.strip.getByTestId("chart-reading");
    await until(
      async () =>
        /^epoch 0\.\d\s+\d\.\d{4}\s+(?:–|\d\.\d{4})\|epoch 0\.\d\s+\d+\.\d\d %/.test(
          (await readings.allInnerTexts()).join("|"),
        ),
      "both charts say what they show where the pointer is",
    );
    expect(
      await editor.workbench.inHost(async (vscode) => {
        const copy = vscode.workspace.textDocuments.find(
          ({ uri }) => uri.scheme === "cnn-architect-run",
        );
        return [
          copy?.getText(),
          vscode.workspace.fs.isWritableFileSystem(copy?.uri.scheme ?? "file"),
        ];
      }),
    ).toEqual([design, false]);
    await editor.closeAll();
  });

  it("appear and disappear with their folders", async () => {
    const [folder = ""] = fs.readdirSync(root);
    const other = path.join(root, "2026-01-02-03-04-05-copy");
    fs.cpSync(path.join(root, folder), other, { recursive: true });
    fs.writeFileSync(path.join(other, "run.json"), "{");
    await runs.row("2026-01-02-03-04-05-copy").waitFor();
    fs.rmSync(other, { recursive: true });
    await until(async () => (await runs.rows.count()) === 1, "the copy is gone");
  });

  it("give their weights to the design in front, as one step that undo takes back", async () => {
    const [folder = ""] = fs.readdirSync(root);
    const file = await editor.open("tiny.cnn.json");
    await runs.choose("My first", "Start Design From Weights of Run");
    const changed = design.replace(
      '"epochs": 1 }',
      `"epochs": 1, "initialWeights": ".cnn-architect/runs/${folder}" }`,
    );
    await until(async () => (await file.text()) === changed, "the design names the run");
    await editor.workbench.runCommand("CNN Architect: Train");
    await editor.training.says("Trained 1 epoch");
    await editor.training.strip.getByText(/All 4 weights start from/).waitFor();
    await editor.undo();
    await until(async () => (await file.text()) === design, "the text is as it was");
    await editor.closeAll();
    for (const other of fs.readdirSync(root).filter((name) => name !== folder)) {
      fs.rmSync(path.join(root, other), { recursive: true });
    }
    await until(async () => (await runs.rows.count()) === 1, "the other is gone");
  });

  it("are compared: what differs, and their curves", async () => {
    const [folder = ""] = fs.readdirSync(root);
    const other = path.join(root, "2026-01-02-03-04-05-wider");
    fs.cpSync(path.join(root, folder), other, { recursive: true });
    const change = (name: string, from: string, to: string) => {
      const file = path.join(other, name);
      fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
    };
    change("run.json", '"My first"', '"Wider"');
    change("design.cnn.json", '"filters": 8', '"filters": 16');
    await runs.row("Wider").waitFor();
    await runs.selectBoth("My first", "Wider");
    await runs.choose("Wider", "Compare Runs");
    const compared = editor.visibleCanvas().root.getByTestId("compared-runs");
    await compared.getByText("Comparing 2 runs").waitFor();
    await compared
      .getByRole("row", { name: "c1.filters 8 16" })
      .or(compared.getByRole("row", { name: "c1.filters 16 8" }))
      .waitFor();
    await compared.locator("canvas").nth(1).waitFor();
    const readings = compared.getByTestId("compared-readings");
    await readings.getByText("last loss").waitFor();
    await compared.locator(".u-over").first().hover();
    await readings.getByText(/^accuracy at epoch [\d.]+$/).waitFor();
    await editor.closeAll();
    fs.rmSync(other, { recursive: true });
    await until(async () => (await runs.rows.count()) === 1, "the other is gone");
  });

  it("train longer, from the menu of a complete run", async () => {
    const [folder = ""] = fs.readdirSync(root);
    const { page } = editor.workbench;
    await runs.choose("My first", "Train Longer...");
    const input = page.locator(".quick-input-widget input").first();
    await until(async () => (await input.inputValue()) === "2", "twice as many are proposed");
    await input.fill("1");
    await page.getByText("A whole number of epochs, more than 1.").waitFor();
    await input.fill("3");
    await input.press("Enter");
    await editor.training.says("Trained 3 epochs");
    await runs.row("My first").filter({ hasText: "3 epochs" }).waitFor();
    const record = JSON.parse(fs.readFileSync(path.join(root, folder, "run.json"), "utf8"));
    expect(record).toMatchObject({ status: "completed", last: { epoch: 3 } });
    await editor.closeAll();
  });

  it("are deleted", async () => {
    await runs.confirmEverything();
    await runs.choose("My first", "Delete Run");
    await until(() => fs.readdirSync(root).length === 0, "the folder is gone");
    await until(async () => (await runs.rows.count()) === 0, "the view is empty");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});
