import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { setStrings } from "../../src/core/text/t.ts";
import { parseMetrics } from "../../src/protocol/parseRun.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { type ClientOptions, type TrainerClient, startTrainer } from "../../src/trainer/client.ts";
import { decodeSafetensors } from "../../src/trainer/safetensors.ts";
import { bundle } from "./support/bundle.ts";
import { nativeEngine } from "./support/engine.ts";

const design = (training: object, nodes: object = {}): string =>
  JSON.stringify({
    version: 1,
    name: "small",
    nodes: {
      image: { type: "input", shape: [12, 12, 1] },
      c1: { type: "conv2d", from: "image", filters: 8, kernelSize: 3, activation: "relu" },
      p1: { type: "maxPooling2d", from: "c1" },
      flat: { type: "flatten", from: "p1" },
      output: { type: "dense", from: "flat", units: 4, activation: "softmax" },
      ...nodes,
    },
    training: { dataset: "synthetic", batchSize: 64, epochs: 2, ...training },
  });

let trainerFile: string;
let directory: string;
let engineDirectories: readonly string[];
beforeAll(async () => {
  engineDirectories = [nativeEngine().directory];
  trainerFile = await bundle("src/trainer/main.ts", "trainer.js");
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "trainer-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

interface Run {
  readonly client: TrainerClient;
  readonly events: readonly TrainerEvent[];
  /** Settles with the ending. */
  readonly ended: Promise<TrainerEvent>;
  /** Settles with the first event that is wanted. */
  until(wanted: (event: TrainerEvent) => boolean): Promise<TrainerEvent>;
}

/** A new training, or with `type: "resume"` one that goes on. */
function start(request: object, options: ClientOptions = {}): Run {
  const events: TrainerEvent[] = [];
  const waiting: {
    wanted: (event: TrainerEvent) => boolean;
    tell: (event: TrainerEvent) => void;
  }[] = [];
  const client = startTrainer(
    { type: "start", text: design({}), engineDirectories, ...request },
    (event) => {
      events.push(event);
      for (const { wanted, tell } of waiting) if (wanted(event)) tell(event);
    },
    { trainerFile, ...options },
  );
  const until = (wanted: (event: TrainerEvent) => boolean) =>
    new Promise<TrainerEvent>((tell) => {
      waiting.push({ wanted, tell });
    });
  return { client, events, until, ended: until(isEnding) };
}

const isEnding = ({ type }: TrainerEvent): boolean => type === "finished" || type === "failed";

/** An ending must be the last word: waits for what could still come. */
async function expectOneEnding(run: Run): Promise<void> {
  await sleep(200);
  expect(run.events.filter(isEnding)).toHaveLength(1);
  expect(isEnding(run.events.at(-1)!)).toBe(true);
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200 && !isGone(pid); tries += 1) await sleep(50);
  expect(isGone(pid)).toBe(true);
}

describe("a training in its own process", () => {
  it("tells what it does, learns, and leaves a run that can be read", async () => {
    const runDirectory = path.join(directory, "run");
    const text = design({ epochs: 3, seed: 7 });
    const run = start({ text, runDirectory });
    const ending = await run.ended;
    expect(ending).toMatchObject({ type: "finished", reason: "completed", epochs: 3 });
    expect((ending as { testAccuracy: number }).testAccuracy).toBeGreaterThan(0.6);
    const order = run.events.map((event) => (event.type === "phase" ? event.phase : event.type));
    // Layers are measured by time, so a quick machine measures none.
    const quick = ["progress", "layers"];
    expect(order.filter((name, at) => name !== order[at - 1] && !quick.includes(name))).toEqual([
      "compiling",
      "loadingData",
      "loadingEngine",
      "started",
      "training",
      "epoch",
      "epoch",
      "epoch",
      "saving",
      "evaluating",
      "finished",
    ]);
    expect(run.events.find(({ type }) => type === "started")).toMatchObject({
      engine: { name: "tfjs-node" },
      dataset: "synthetic",
      trainingImages: 4500,
      validationImages: 500,
      testImages: 1000,
      stepsPerEpoch: 71,
    });
    await expectOneEnding(run);

    const read = (name: string) => fs.readFileSync(path.join(runDirectory, name), "utf8");
    expect(read("design.cnn.json")).toBe(text);
    const epochs = run.events.filter(({ type }) => type === "epoch");
    expect(JSON.parse(read("run.json"))).toMatchObject({
      name: "small",
      status: "completed",
      recipe: { seed: 7, epochs: 3 },
      engine: { name: "tfjs-node" },
      last: { epoch: 3, step: 213 },
      testAccuracy: (ending as { testAccuracy: number }).testAccuracy,
    });
    const lines = read("metrics.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as TrainerEvent);
    expect(lines.filter(({ type }) => type === "epoch")).toEqual(epochs);
    expect(lines.at(-1)).toEqual(ending);
    const { tensors, metadata } = decodeSafetensors(
      fs.readFileSync(path.join(runDirectory, "checkpoints", "last.safetensors")),
    );
    expect(metadata).toMatchObject({ epoch: "3", step: "213" });
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["c1/kernel", [3, 3, 1, 8]],
      ["c1/bias", [8]],
      ["output/kernel", [200, 4]],
      ["output/bias", [4]],
      ...["c1/kernel", "c1/bias", "output/kernel", "output/bias"].flatMap((name, at) =>
        ["m", "v"].map((slot) => [
          `optimizer/${name}/${slot}`,
          [[3, 3, 1, 8], [8], [200, 4], [4]][at],
        ]),
      ),
    ]);
    expect(fs.readdirSync(path.join(runDirectory, "checkpoints"))).toEqual([
      "best.safetensors",
      "last.safetensors",
    ]);
  });

  it("says in words that it was killed, and can be started again", async () => {
    const run = start({ text: design({ epochs: 1000 }) });
    await run.until((event) => event.type === "progress" && event.epoch >= 2);
    process.kill(run.client.pid!, "SIGKILL");
    const ending = await run.ended;
    expect(ending).toMatchObject({ type: "failed", code: "crashed" });
    expect((ending as { message: string }).message).toMatch(
      /^The training process was killed \(SIGKILL\) at epoch \d+, step \d+\. The design is unharmed; start the training again\.$/u,
    );
    await expectOneEnding(run);
    await expect(start({ text: design({ epochs: 1 }) }).ended).resolves.toMatchObject({
      reason: "completed",
    });
  });

  it("stops within one batch when asked", async () => {
    const run = start({ text: design({ epochs: 1000 }) });
    await run.until(({ type }) => type === "progress");
    run.client.stop();
    const before = run.events.at(-1) as { step: number };
    const ending = await run.ended;
    expect(ending).toMatchObject({ type: "finished", reason: "stopped" });
    const last = run.events.findLast(({ type }) => type === "progress") as { step: number };
    // Steps of this small network take a millisecond: what was on its way, and no more.
    expect(last.step - before.step).toBeLessThan(200);
    await expectOneEnding(run);
    await untilGone(run.client.pid!);
  });

  it("keeps what it has learnt when it is stopped within an epoch", async () => {
    const runDirectory = path.join(directory, "stopped");
    const run = start({ text: design({ epochs: 1000 }), runDirectory });
    await run.until((event) => event.type === "progress" && event.epoch >= 2);
    run.client.stop();
    const ending = await run.ended;
    const { metadata } = decodeSafetensors(
      fs.readFileSync(path.join(runDirectory, "checkpoints", "last.safetensors")),
    );
    const last = run.events.findLast(({ type }) => type === "progress") as { step: number };
    expect(metadata["step"]).toBe(String(last.step));
    expect(JSON.parse(fs.readFileSync(path.join(runDirectory, "run.json"), "utf8"))).toMatchObject({
      status: "stopped",
      last: { epoch: (ending as { epochs: number }).epochs },
    });
  });

  it("stops before it has begun", async () => {
    const run = start({});
    run.client.stop();
    expect(await run.ended).toMatchObject({ type: "finished", reason: "stopped", epochs: 0 });
  });

  it("ends when its parent disappears", async () => {
    const parentFile = await bundle("test/trainer/support/parent.ts", "parent.js");
    const request = { type: "start", text: design({ epochs: 1000 }), engineDirectories };
    const parent = spawn(process.execPath, [parentFile, trainerFile], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, REQUEST: JSON.stringify(request) },
    });
    const pid = await new Promise<number>((tell) =>
      createInterface(parent.stdout).on("line", (line) => {
        const said = JSON.parse(line) as { readonly pid: number; readonly event: TrainerEvent };
        if (said.event.type === "progress") tell(said.pid);
      }),
    );
    expect(isGone(pid)).toBe(false);
    parent.kill("SIGKILL");
    await untilGone(pid);
  });

  it("names the step at which too large a learning rate broke the numbers", async () => {
    const training = {
      optimizer: { type: "sgd", learningRate: 1000 },
      loss: "meanSquaredError",
      epochs: 1,
    };
    const run = start({
      text: design(training, { output: { type: "dense", from: "flat", units: 4 } }),
    });
    const ending = await run.ended;
    expect(ending).toMatchObject({
      type: "failed",
      code: "notFinite",
      message: expect.stringMatching(
        /^The loss is not finite at step \d+ of epoch 1, so the training was stopped\. (The first layer whose output is not finite is \w+\.|\w+\/\w+ was not finite after step \d+ already|Every layer gives finite values)/u,
      ),
      hint: "Try a smaller learning rate (it is 1000), for example 100.",
    });
    await expectOneEnding(run);
  });

  it.each(["tfjs-node", "wasm"])("finds a learning rate with %s", async (engine) => {
    const run = start({ purpose: "findLearningRate", engine });
    const ending = await run.ended;
    const points = run.events.flatMap((event) => (event.type === "rates" ? event.points : []));
    expect(points.length).toBeGreaterThan(50);
    expect(points.every(({ rate }, index) => index === 0 || rate > points[index - 1]!.rate)).toBe(
      true,
    );
    expect(ending).toMatchObject({ type: "finished", reason: "completed", epochs: 0 });
    const { suggestedRate } = ending as { readonly suggestedRate?: number };
    expect(suggestedRate).toBeGreaterThan(1e-5);
    expect(suggestedRate).toBeLessThan(1);
    await expectOneEnding(run);
  });

  it("looks into the layers while it trains", async () => {
    const run = start({ text: design({ epochs: 1000 }) });
    const event = await run.until(({ type }) => type === "layers");
    run.client.stop();
    await run.ended;
    expect(event).toMatchObject({
      layers: ["c1", "output"].map((layer) => ({
        layer,
        gradientNorm: expect.any(Number),
        weightNorm: expect.any(Number),
      })),
    });
  });

  it("times the layers while it trains", async () => {
    const run = start({ text: design({ epochs: 1000 }), engine: "wasm" });
    const event = await run.until(({ type }) => type === "times");
    run.client.stop();
    await run.ended;
    expect(event).toMatchObject({
      layers: expect.arrayContaining(
        ["c1", "output"].map((layer) => ({
          layer,
          forward: expect.any(Number),
          backward: expect.any(Number),
        })),
      ),
    });
  });

  it("does not take a learning rate of a million", async () => {
    const run = start({ text: design({ optimizer: { type: "sgd", learningRate: 1e6 } }) });
    expect(await run.ended).toMatchObject({
      type: "failed",
      code: "designHasErrors",
      message: expect.stringMatching(/learningRate|learning rate/iu),
    });
  });
});

describe("what keeps a training from starting is said in words", () => {
  it.each<readonly [string, object, object]>([
    ["text that is not JSON", { text: "{ nodes" }, { code: "designHasErrors" }],
    [
      "a broken design",
      { text: design({}, { c1: { type: "conv2d", from: "nowhere", filters: 8, kernelSize: 3 } }) },
      { code: "designHasErrors", message: expect.stringContaining("nowhere") },
    ],
    ["no data set", { text: design({ dataset: undefined }) }, { code: "noDataset" }],
    [
      "a data set that does not fit",
      { text: design({ dataset: "mnist" }) },
      {
        code: "datasetMismatch",
        message: expect.stringContaining("the design takes 12 × 12 × 1 and gives 4 values"),
      },
    ],
    [
      "a last layer without softmax",
      { text: design({}, { output: { type: "dense", from: "flat", units: 4 } }) },
      { code: "designHasErrors", message: expect.stringContaining("softmax") },
    ],
    [
      "no engine",
      { engineDirectories: [], engine: "tfjs-node" },
      { code: "engineMissing", hint: expect.stringContaining("npm run native") },
    ],
    [
      "a run folder that cannot be made",
      { runDirectory: "/dev/null/run" },
      { code: "diskFailed", message: expect.stringContaining("/dev/null/run") },
    ],
  ])("%s", async (_name, request, expected) => {
    const run = start(request);
    expect(await run.ended).toMatchObject({ type: "failed", ...expected });
    await expectOneEnding(run);
  });
});

describe("a trainer that is started by a process in Korean", () => {
  beforeAll(() => setStrings(korean));
  afterAll(() => setStrings({}));

  it("says in Korean why it cannot", async () => {
    const run = start({ engineDirectories: [], engine: "tfjs-node" });
    expect(await run.ended).toMatchObject({
      type: "failed",
      code: "engineMissing",
      message: "네이티브 학습 엔진(tfjs-node)이 설치되어 있지 않습니다.",
    });
  });

  it("names the problem of a design in Korean", async () => {
    const run = start({
      text: design({}, { c1: { type: "conv2d", from: "nowhere", filters: 8, kernelSize: 3 } }),
    });
    expect(await run.ended).toMatchObject({
      type: "failed",
      code: "designHasErrors",
      message: '설계에 오류가 있습니다: c1: 읽어 올 노드 "nowhere"이(가) 없습니다.',
      hint: "고친 뒤 다시 학습하세요.",
    });
  });
});

describe("a process that behaves badly", () => {
  const fake = (name: string, code: string): string => {
    const file = path.join(directory, `${name}.js`);
    fs.writeFileSync(file, code);
    return file;
  };

  it("is ended when it does not stop", async () => {
    const file = fake("deaf", "process.on('message', () => {}); setInterval(() => {}, 1000);");
    const run = start({}, { trainerFile: file, patience: 200 });
    run.client.stop();
    expect(await run.ended).toMatchObject({ type: "finished", reason: "stopped", epochs: 0 });
    await untilGone(run.client.pid!);
  });

  it("is started once more where it breaks down before the first step, and then named by its exit code", async () => {
    const run = start({}, { trainerFile: fake("aborts", "process.exit(134);") });
    await run.ended;
    expect(run.events).toEqual([
      {
        type: "notice",
        severity: "warning",
        message:
          "The training process ended unexpectedly (exit code 134) before the first step, and was started once more.",
      },
      {
        type: "failed",
        code: "crashed",
        message:
          "The training process ended unexpectedly (exit code 134) before the first step. The design is unharmed; start the training again.",
      },
    ]);
    await expectOneEnding(run);
  });

  it("goes on with its run where that was there already when it broke down", async () => {
    const runDirectory = path.join(directory, "again");
    const flag = path.join(directory, "broken-down");
    const file = fake(
      "abortsOnce",
      `const fs = require("node:fs");
      if (fs.existsSync(${JSON.stringify(flag)})) require(${JSON.stringify(trainerFile)});
      else {
        fs.writeFileSync(${JSON.stringify(flag)}, "");
        require(${JSON.stringify(trainerFile)});
        setInterval(() => {
          if (fs.existsSync(${JSON.stringify(path.join(runDirectory, "run.json"))})) process.abort();
        }, 1);
        process.send = (message, _handle, _options, sent) => sent?.();
      }`,
    );
    const run = start({ text: design({ epochs: 1 }), runDirectory }, { trainerFile: file });
    expect(await run.ended).toMatchObject({ type: "finished", reason: "completed", epochs: 1 });
    expect(run.events[0]).toMatchObject({ type: "notice", message: /SIGABRT.*once more/u });
    const lines = parseMetrics(fs.readFileSync(path.join(runDirectory, "metrics.jsonl"), "utf8"));
    expect(lines.filter(({ type }) => type === "epoch")).toHaveLength(1);
  });

  it("is ended when it says what nobody understands", async () => {
    const file = fake("foreign", "process.send({ type: 'hello' }); setInterval(() => {}, 1000);");
    const run = start({}, { trainerFile: file });
    expect(await run.ended).toMatchObject({ type: "failed", code: "internal" });
    await expectOneEnding(run);
    await untilGone(run.client.pid!);
  });

  it("may be missing", async () => {
    const run = start({}, { trainerFile: path.join(directory, "missing.js") });
    expect(await run.ended).toMatchObject({
      type: "failed",
      hint: expect.stringContaining("build"),
    });
    run.client.stop();
    run.client.kill();
    await expectOneEnding(run);
  });
});
