import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseRunRecord } from "../../src/protocol/parseRun.ts";
import type { TrainerEvent, TrainerRequest } from "../../src/protocol/trainer.ts";
import { runTraining } from "../../src/trainer/runTraining.ts";

let directory: string;
let run: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "open-run-test-"));
  run = path.join(directory, "run");
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const text = JSON.stringify({
  version: 1,
  name: "small",
  nodes: {
    image: { type: "input", shape: [6, 6, 1] },
    flat: { type: "flatten", from: "image" },
    output: { type: "dense", from: "flat", units: 3, activation: "softmax" },
  },
  training: { dataset: "synthetic", batchSize: 500, epochs: 2 },
});

async function train(request: object): Promise<readonly TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const whole = { engine: "wasm", engineDirectories: [], runDirectory: run, ...request };
  await runTraining(
    whole as unknown as TrainerRequest & { readonly type: "start" | "resume" },
    new AbortController().signal,
    (event) => events.push(event),
  );
  return events;
}

const change = (name: string, to: (text: string) => string): void => {
  const file = path.join(run, name);
  fs.writeFileSync(file, to(fs.readFileSync(file, "utf8")));
};

describe("a run that goes on", () => {
  it("trains a complete run longer", async () => {
    await train({ type: "start", text, designFile: path.join(directory, "small.cnn.json") });
    const events = await train({ type: "resume", epochs: 3 });
    expect(events.filter(({ type }) => type === "epoch")).toMatchObject([{ epoch: 3, step: 27 }]);
    expect(events.find(({ type }) => type === "started")).toMatchObject({
      isKept: true,
      resumedAt: { epoch: 2, step: 18 },
    });
    expect(parseRunRecord(fs.readFileSync(path.join(run, "run.json"), "utf8"))).toMatchObject({
      status: "completed",
      designFile: "../small.cnn.json",
      recipe: { epochs: 3 },
      last: { epoch: 3 },
    });
  });

  it.each<readonly [string, () => void, RegExp]>([
    ["is not there", () => fs.rmSync(run, { recursive: true }), /There is no run that can go on/u],
    ["has a broken record", () => change("run.json", () => "{"), /run\.json is broken/u],
    [
      "is under way",
      () => {
        const trainer = { id: process.ppid, host: os.hostname() };
        change("run.json", (json) =>
          JSON.stringify({ ...JSON.parse(json), status: "running", process: trainer }),
        );
      },
      /is under way in process/u,
    ],
    [
      "has a checkpoint that is cut off",
      () => fs.truncateSync(path.join(run, "checkpoints/last.safetensors"), 300),
      /cannot go on from checkpoints\/last\.safetensors: it is cut off/u,
    ],
    [
      "has a checkpoint of another design",
      () => change("design.cnn.json", (design) => design.replace('"units":3', '"units":4')),
      /written by another version/u,
    ],
    [
      "had other data",
      () => change("design.cnn.json", (design) => design.replace("500", "400")),
      /The data set has changed/u,
    ],
  ])("refuses one that %s, in words", async (_what, spoil, words) => {
    await train({ type: "start", text });
    spoil();
    const [failed] = (await train({ type: "resume" })).slice(-1);
    expect(failed).toMatchObject({ type: "failed", message: expect.stringMatching(words) });
  });
});
