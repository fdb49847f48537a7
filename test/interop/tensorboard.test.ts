import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunRecord } from "../../src/protocol/run.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { RunFolder } from "../../src/trainer/runFolder.ts";
import { ask, missingPython } from "./oracle.ts";

type Values = Readonly<Record<string, readonly (readonly number[])[]>>;

interface Answer {
  readonly runs: Readonly<
    Record<string, { readonly scalars: Values; readonly histograms: Values }>
  >;
  readonly served: Readonly<Record<string, object>>;
}

let directory: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "tensorboard-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

// Only these parts of a record matter to the folder.
const record = { format: 1, name: "a", status: "running", recipe: { epochs: 2 } } as RunRecord;

const progress = (step: number): TrainerEvent => ({
  type: "progress",
  points: [{ step, loss: 1 / step, accuracy: step / 1024, learningRate: 0.5 }],
  epoch: 1,
  step,
  imagesPerSecond: 1,
  secondsElapsed: 1,
  secondsLeft: 1,
});

const epoch = (step: number): TrainerEvent => ({
  type: "epoch",
  epoch: 1,
  step,
  loss: 2,
  accuracy: 0.5,
  validationLoss: 4,
  validationAccuracy: 0.25,
  seconds: 1,
});

const kernel = { name: "c1/kernel", shape: [4], values: Float32Array.of(-1, 0, 0.5, 3) };

const missing = missingPython("tensorboard");
if (missing !== undefined) {
  process.stderr.write(`TensorBoard does not read event files here: ${missing}\n`);
}

it.skipIf(missing !== undefined)("TensorBoard reads a run, also one that went on", async () => {
  const whole = RunFolder.create(path.join(directory, "whole"), "{}", record);
  for (const event of [progress(1), progress(300), epoch(300)]) whole.record(event);
  whole.recordWeights(300, [
    kernel,
    { name: "c1/bias", shape: [3], values: Float32Array.of(7, 7, 7) },
  ]);

  const run = path.join(directory, "resumed");
  const killed = RunFolder.create(run, "{}", record);
  for (const step of [1, 2, 200, 300]) killed.record(progress(step));
  // Half a record, as a kill leaves it.
  const first = fs.readdirSync(run).find((name) => name.startsWith("events"));
  fs.appendFileSync(path.join(run, first!), Buffer.from([24, 0, 0, 0, 0, 0]));
  const resumed = RunFolder.goOn(run, record, { epoch: 0, step: 200 });
  for (const step of [201, 299]) resumed.record(progress(step));
  const again = RunFolder.goOn(run, record, { epoch: 0, step: 250 });
  for (const step of [251, 300]) again.record(progress(step));

  const [answer] = await ask<Answer>("tensorboard", "tensorboard_oracle.py", [
    { folder: directory },
  ]);
  const losses = (steps: readonly number[]) => steps.map((step) => [step, Math.fround(1 / step)]);
  expect(answer?.runs["whole"]).toEqual({
    scalars: {
      "loss/training": losses([1, 300]),
      "accuracy/training": [
        [1, 1 / 1024],
        [300, 300 / 1024],
      ],
      learning_rate: [
        [1, 0.5],
        [300, 0.5],
      ],
      "loss/epoch": [[300, 2]],
      "accuracy/epoch": [[300, 0.5]],
      "loss/validation": [[300, 4]],
      "accuracy/validation": [[300, 0.25]],
    },
    histograms: {
      "weights/c1/kernel": [[300, -1, 3, 4, 4]],
      "weights/c1/bias": [[300, 7, 7, 3, 3]],
    },
  });
  expect(answer?.runs["resumed"]?.scalars["loss/training"]).toEqual(
    losses([1, 2, 200, 201, 251, 300]),
  );
  expect(Object.keys(answer?.served["resumed"] ?? {}).toSorted()).toEqual([
    "accuracy/training",
    "learning_rate",
    "loss/training",
  ]);
});
