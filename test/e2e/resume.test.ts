import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseMetrics, parseRunRecord } from "../../src/protocol/parseRun.ts";
import { until } from "../../tools/vscode-host/until.ts";
import { childProcesses } from "./pages/childProcesses.ts";
import { type Editor, openEditor, root } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";
import { RunsView } from "./pages/runsView.ts";

const design = `{
  "version": 1,
  "name": "Long",
  "nodes": {
    "image": { "type": "input", "shape": [12, 12, 1] },
    "c1": { "type": "conv2d", "from": "image", "filters": 8, "kernelSize": 3, "activation": "relu" },
    "flat": { "type": "flatten", "from": "c1" },
    "output": { "type": "dense", "from": "flat", "units": 4, "activation": "softmax" }
  },
  "training": { "dataset": "synthetic", "epochs": 5000 }
}
`;

describe("a training that was interrupted", () => {
  let editor: Editor;
  let runs: RunsView;
  let run: string;

  beforeAll(async () => {
    editor = await openEditor({ "long.cnn.json": design });
    runs = new RunsView(editor.workbench);
    run = path.join(editor.workbench.workspace, ".cnn-architect", "runs", "long");
    await killedTraining(path.join(editor.workbench.workspace, "long.cnn.json"), run);
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  const recordOf = () => parseRunRecord(fs.readFileSync(path.join(run, "run.json"), "utf8"));
  const hasStatus = (status: string) =>
    until(async () => recordOf()?.status === status, `run.json says ${status}`);

  it("is found when its design is opened, in the view of runs and in the strip", async () => {
    await editor.open("long.cnn.json");
    await editor.notifications.find(/The training of Long was interrupted after/);
    await runs.open();
    await runs
      .row("Long")
      .filter({ hasText: /of 5000 epochs/ })
      .waitFor();
    await editor.training.says(/Interrupted after \d+ epochs?/);
    await editor.training.charts.first().waitFor();
  });

  it("says while the design is another one that it goes on with the design as it was", async () => {
    const file = editor.file("long.cnn.json");
    const changed = editor.training.strip.getByTestId("changed-since");
    await editor.canvas.node("c1").click();
    await editor.canvas.setOption("filters", "9");
    await changed.getByText(/goes on with the design as it was/).waitFor();
    await editor.undo();
    await until(async () => (await file.text()) === design, "the text is as it was");
    await changed.waitFor({ state: "detached" });
  });

  it("goes on with a button, is paused with a button, and goes on from the view of runs", async () => {
    const before = recordOf()?.last?.epoch ?? 0;
    await editor.training.strip.getByTestId("resume-training").click();
    await editor.training.says(/^Epoch \d+ of 5,?000/);
    await until(async () => (recordOf()?.last?.epoch ?? 0) > before, "another epoch is done");
    await editor.training.strip.getByTestId("pause-training").click();
    await editor.training.says(/Paused after \d+ epochs?/);
    await hasStatus("paused");
    await runs.choose("Long", "Resume Training");
    await editor.training.says(/^Epoch/);
    await hasStatus("running");
    const lines = parseMetrics(fs.readFileSync(path.join(run, "metrics.jsonl"), "utf8"));
    const steps = lines.flatMap((line) => (line.type === "point" ? [line.step] : []));
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
  });

  it("is kept when the extension host is killed", async () => {
    const host = await editor.workbench.inHost((_vscode) => process.pid);
    expect(childProcesses(host, "trainer")).toHaveLength(1);
    process.kill(host, "SIGKILL");
    await hasStatus("interrupted");
  });
});

/** Trains from the command line, and kills everything in the second epoch. */
async function killedTraining(file: string, run: string): Promise<void> {
  const cli = spawn(
    process.execPath,
    [path.join(root, "dist/cli.js"), "train", file, "--run", run, "--engine", "wasm"],
    { stdio: "ignore" },
  );
  await until(
    async () =>
      fs.existsSync(path.join(run, "metrics.jsonl")) &&
      fs.readFileSync(path.join(run, "metrics.jsonl"), "utf8").includes('"epoch":2'),
    "the second epoch has begun",
  );
  await killFamily(cli);
}

async function killFamily(cli: ChildProcess): Promise<void> {
  const [trainer] = childProcesses(cli.pid!, "trainer");
  cli.kill("SIGKILL");
  process.kill(trainer!, "SIGKILL");
  await once(cli, "close");
}
