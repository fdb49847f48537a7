import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { childProcesses } from "./pages/childProcesses.ts";
import { type Editor, example, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const longRun = example("lenet5.cnn.json").replace('"epochs": 5', '"epochs": 500');

describe("a trainer that is killed", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor({ "long.cnn.json": longRun });
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  it("is an event in the panel; file and editor are unharmed, and training starts again", async () => {
    const file = await editor.open("long.cnn.json");
    await train(editor);
    const trainer = await theTrainer(editor);
    process.kill(trainer, "SIGKILL");
    await editor.training.says("The training process died");
    await editor.training.strip
      .getByText(/was killed \(SIGKILL\) at epoch \d+, step \d+/)
      .waitFor();
    await until(
      async () => !(await editor.statusBar()).includes("Epoch"),
      "the status bar is quiet",
    );
    expect([file.onDisk() === longRun, await file.text()]).toEqual([true, longRun]);
    expect(await editor.training.strip.innerText()).not.toMatch(/\n\s+at /);

    await train(editor);
    expect(await theTrainer(editor)).not.toBe(trainer);
  });

  it("is ended when the tab is closed and VS Code ends, and not before", async () => {
    const trainer = await theTrainer(editor);
    await editor.closeAll();
    expect(isAlive(trainer)).toBe(true);
    await editor.workbench.close();
    await until(() => !isAlive(trainer), "the trainer has ended");
  });
});

async function train({ workbench }: Editor): Promise<void> {
  await workbench.runCommand("CNN Architect: Train");
}

async function theTrainer(editor: Editor): Promise<number> {
  await until(async () => /Epoch \d/.test(await editor.statusBar()), "an epoch begins", 90_000);
  const host = await editor.workbench.inHost((_vscode) => process.pid);
  const [trainer, ...others] = childProcesses(host, "trainer");
  expect(others).toEqual([]);
  if (trainer === undefined) {
    throw new Error("The extension host has no trainer process.");
  }
  return trainer;
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
