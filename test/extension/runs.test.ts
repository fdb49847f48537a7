import { defaultOptimizerRecipe, defaultRecipe } from "../../src/core/design/parseTraining.ts";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isTraining } from "../../src/native/isTraining.ts";
import { pastEvents } from "../../src/extension/runs/pastEvents.ts";
import { readMetrics, readRun, readRuns, renameRun } from "../../src/extension/runs/readRun.ts";
import { runFolderName } from "../../src/extension/runs/runFolderName.ts";
import { freePath, makeRunsRoot } from "../../src/extension/runs/runsRoot.ts";
import type { RunRecord } from "../../src/protocol/run.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { RunFolder } from "../../src/trainer/runFolder.ts";

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "runs-test-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const begun: RunRecord = {
  format: 1,
  name: "LeNet-5",
  status: "running",
  startedAt: "2026-01-02T03:04:05.678Z",
  process: { id: 1, host: "here" },
  recipe: {
    dataset: { type: "synthetic" },
    ...defaultRecipe(),
    optimizer: {
      ...defaultOptimizerRecipe("sgd"),
      learningRate: 0.1,
      momentum: 0,
      nesterov: false,
    },
    loss: "categoricalCrossentropy",
    batchSize: 10,
    epochs: 3,
    validationSplit: 0.1,
    seed: 1,
  },
  engine: { name: "wasm", detail: "1 thread" },
  versions: { cnnArchitect: "1.2.3", node: "20", platform: "linux-x64" },
};
const epoch: TrainerEvent = {
  type: "epoch",
  epoch: 1,
  step: 10,
  loss: 0.5,
  accuracy: 0.75,
  seconds: 2,
};
const progress: TrainerEvent = {
  type: "progress",
  points: [{ step: 5, loss: 2, accuracy: 0.5 }],
  epoch: 1,
  step: 5,
  imagesPerSecond: 1,
  secondsElapsed: 1,
  secondsLeft: 1,
};
const finished: TrainerEvent = {
  type: "finished",
  reason: "completed",
  epochs: 1,
  testAccuracy: 0.875,
  seconds: 9,
  imagesPerSecond: 1,
};

function makeRun(name: string, change: Partial<RunRecord> = {}): [string, RunFolder] {
  const run = path.join(directory, name);
  return [run, RunFolder.create(run, "{}", { ...begun, ...change })];
}

const isDead = (): boolean => false;
const isAlive = (): boolean => true;

describe("a run folder", () => {
  it("is under way as long as its process is, and was interrupted after that", async () => {
    const [run, folder] = makeRun("a");
    folder.record(progress);
    folder.record(epoch);
    expect([(await readRun(run, isAlive)).state, (await readRun(run, isDead)).state]).toEqual([
      "running",
      "interrupted",
    ]);
  });

  it("has ended as its metrics say where the trainer was killed before its record said so", async () => {
    const [run, folder] = makeRun("a");
    folder.record(finished);
    fs.writeFileSync(path.join(run, "run.json"), JSON.stringify(begun));
    expect((await readRun(run, isDead)).state).toBe("completed");
  });

  it.each([
    ["no run.json", undefined],
    ["half a run.json", JSON.stringify(begun).slice(0, 90)],
    ["an empty run.json", ""],
    ["a run.json of a later format", JSON.stringify({ ...begun, format: 2 })],
    ["something else", "[]"],
  ])("with %s is shown as broken", async (_what, text) => {
    const [run] = makeRun("2026-01-02-03-04-05-x");
    fs.rmSync(path.join(run, "run.json"));
    if (text !== undefined) {
      fs.writeFileSync(path.join(run, "run.json"), text);
    }
    expect(await readRun(run, isDead)).toMatchObject({
      name: "2026-01-02-03-04-05-x",
      state: "broken",
    });
  });

  it("keeps the metrics before a last line that was cut in half", async () => {
    const [run, folder] = makeRun("a");
    folder.record(progress);
    folder.record(epoch);
    const file = path.join(run, "metrics.jsonl");
    const whole = fs.readFileSync(file);
    const first = whole.indexOf("\n") + 1;
    for (let length = 0; length < whole.length; length += 1) {
      fs.writeFileSync(file, whole.subarray(0, length));
      const lines = await readMetrics(run);
      // The last character is the line's end, without which the line is whole all the same.
      const expected = length < first - 1 ? 0 : length < whole.length - 1 ? 1 : 2;
      expect(lines).toHaveLength(expected);
    }
    fs.rmSync(file);
    expect(await readMetrics(run)).toEqual([]);
  });

  it("gives a view the events it was made of", async () => {
    const [run, folder] = makeRun("a");
    for (const event of [progress, epoch, finished]) {
      folder.record(event);
    }
    expect(pastEvents(await readMetrics(run))).toEqual([
      { type: "phase", phase: "training" },
      { ...progress, imagesPerSecond: 0, secondsElapsed: 0, secondsLeft: 0 },
      epoch,
      finished,
    ]);
  });

  it("takes another name and nothing else", async () => {
    const [run] = makeRun("a");
    await renameRun(run, "mine");
    expect((await readRun(run, isDead)).record).toEqual({ ...begun, name: "mine" });
    expect(fs.readdirSync(run).toSorted()).toEqual(["checkpoints", "design.cnn.json", "run.json"]);
    fs.writeFileSync(path.join(run, "run.json"), "{");
    await expect(renameRun(run, "other")).rejects.toThrow(/cannot be read/u);
  });
});

describe("a folder of runs", () => {
  it("lists the newest first and nothing but folders", async () => {
    makeRun("old", { name: "old", startedAt: "2026-01-01T00:00:00.000Z" });
    makeRun("new", { name: "new", startedAt: "2026-01-03T00:00:00.000Z" });
    fs.writeFileSync(path.join(directory, "file"), "");
    expect((await readRuns(directory, isDead)).map(({ name }) => name)).toEqual(["new", "old"]);
    expect(await readRuns(path.join(directory, "missing"))).toEqual([]);
  });

  it("keeps itself out of Git, and leaves what a person wrote there", async () => {
    const root = await makeRunsRoot(directory);
    const ignore = path.join(directory, ".cnn-architect", ".gitignore");
    expect([root, fs.readFileSync(ignore, "utf8")]).toEqual([
      path.join(directory, ".cnn-architect", "runs"),
      "*\n",
    ]);
    fs.writeFileSync(ignore, "# mine\n");
    await makeRunsRoot(directory);
    expect(fs.readFileSync(ignore, "utf8")).toBe("# mine\n");
  });

  it("gives every run a folder of its own", async () => {
    const wanted = path.join(directory, "run");
    fs.mkdirSync(wanted);
    fs.mkdirSync(`${wanted}-2`);
    expect(await freePath(wanted)).toBe(`${wanted}-3`);
  });
});

it.each([
  ["LeNet-5", "2026-01-02-03-04-05-LeNet-5"],
  ["../../etc/passwd", "2026-01-02-03-04-05-etc-passwd"],
  ["합성곱 신경망", "2026-01-02-03-04-05-합성곱-신경망"],
  ["", "2026-01-02-03-04-05-design"],
  ["a".repeat(500), `2026-01-02-03-04-05-${"a".repeat(60)}`],
])("a design named %j has a folder that every file system takes", (name, folder) => {
  expect(runFolderName(new Date(2026, 0, 2, 3, 4, 5), name)).toBe(folder);
});

describe("isTraining", () => {
  const now = new Date();
  const here = { id: process.pid, host: os.hostname(), startedAt: now, lastSign: now };

  it("knows processes of this machine, and those of others by their signs", () => {
    const hourAgo = new Date(now.getTime() - 3_600_000);
    expect([
      isTraining(here),
      isTraining({ ...here, id: 2 ** 30 }),
      // Before the machine started, so that another process has the number by now.
      isTraining({ ...here, startedAt: new Date(0) }),
      isTraining({ ...here, host: "elsewhere" }),
      isTraining({ ...here, host: "elsewhere", lastSign: hourAgo }),
    ]).toEqual([true, false, false, true, false]);
  });
});
