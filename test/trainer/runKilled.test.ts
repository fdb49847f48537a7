import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isProcessAlive } from "../../src/native/isProcessAlive.ts";
import { parseMetrics, parseRunRecord } from "../../src/protocol/parseRun.ts";
import type { MetricsLine } from "../../src/protocol/run.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import type { TrainingStart } from "../../src/trainer/client.ts";
import { type Random, randomFrom } from "../../src/trainer/random.ts";
import { decodeSafetensors } from "../../src/trainer/safetensors.ts";
import { bundle } from "./support/bundle.ts";
import { nativeEngine } from "./support/engine.ts";

const epochs = 48;

// Dropout, momentum and moving averages, so that all that a training remembers counts.
const design = (training: object): string =>
  JSON.stringify({
    version: 1,
    name: "killed",
    nodes: {
      image: { type: "input", shape: [8, 8, 1] },
      c1: { type: "conv2d", from: "image", filters: 4, kernelSize: 3 },
      b1: { type: "batchNormalization", from: "c1" },
      flat: { type: "flatten", from: "b1" },
      drop: { type: "dropout", from: "flat", rate: 0.2 },
      output: { type: "dense", from: "drop", units: 4, activation: "softmax" },
    },
    training: { epochs, optimizer: { type: "adam", learningRate: 0.01 }, ...training },
  });

const drawn = design({ dataset: "synthetic", batchSize: 512 });

/** What a training remembers of data: the order, what is done to each image at each step, and how classes count. */
const photographed = (folder: string): string =>
  design({
    dataset: folder,
    batchSize: 20,
    classWeights: "balanced",
    normalization: "standardize",
    augmentation: { flip: "horizontal", shift: 1, rotation: 10, mixup: 0.2 },
  });

/** A folder of images in four classes, one of them smaller. */
async function drawFolder(folder: string): Promise<void> {
  for (let label = 0; label < 4; label += 1) {
    const random = randomFrom(label);
    const place = path.join(folder, `class${label}`);
    fs.mkdirSync(place, { recursive: true });
    for (let image = 0; image < (label === 0 ? 30 : 60); image += 1) {
      const pixels = Uint8Array.from({ length: 64 }, () => 128 * random() + 32 * label);
      await sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } }).toFile(
        path.join(place, `${image}.png`),
      );
    }
  }
}

let trainerFile: string;
let parentFile: string;
let directory: string;
beforeAll(async () => {
  [trainerFile, parentFile] = await Promise.all([
    bundle("src/trainer/main.ts", "trainerKilled.js"),
    bundle("test/trainer/support/parent.ts", "parentKilled.js"),
  ]);
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "run-killed-test-"));
  await drawFolder(path.join(directory, "images"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

type Engine = "tfjs-node" | "wasm";

interface Said {
  readonly pid: number;
  readonly event: TrainerEvent;
}

/** A trainer with a parent of its own, as the extension host is one. */
class Family {
  readonly parent: ChildProcess;
  ending: TrainerEvent | undefined;
  #trainer: number | undefined;
  /** Settles when the trainer has said its first word, which is before it loads anything. */
  readonly begun: Promise<void>;
  /** Settles when the trainer makes steps. */
  readonly trains: Promise<void>;

  constructor(request: TrainingStart) {
    this.parent = spawn(process.execPath, [parentFile, trainerFile], {
      stdio: ["ignore", "pipe", "ignore"],
      // With one thread TensorFlow adds up in one order.
      env: {
        ...process.env,
        CNN_ARCHITECT_CACHE: path.join(directory, "cache"),
        REQUEST: JSON.stringify(request),
        TF_NUM_INTRAOP_THREADS: "1",
        TF_NUM_INTEROP_THREADS: "1",
        OMP_NUM_THREADS: "1",
      },
    });
    const lines = createInterface(this.parent.stdout!);
    const heard = (wanted: (event: TrainerEvent) => boolean) =>
      new Promise<void>((tell) => {
        lines.on("line", (line) => {
          const { pid, event } = JSON.parse(line) as Said;
          this.#trainer = pid;
          if (event.type === "finished" || event.type === "failed") this.ending = event;
          if (wanted(event)) tell();
        });
      });
    this.begun = heard(() => true);
    this.trains = heard(({ type }) => type === "progress");
  }

  /** Kills one or both, and waits until both are gone. */
  async kill(whom: "trainer" | "parent" | "both"): Promise<void> {
    const ended = once(this.parent, "close");
    if (whom !== "trainer") this.parent.kill("SIGKILL");
    if (whom !== "parent") process.kill(this.#trainer!, "SIGKILL");
    await ended;
    await this.#gone();
  }

  async ended(): Promise<TrainerEvent | undefined> {
    if (this.parent.exitCode === null) await once(this.parent, "close");
    await this.#gone();
    return this.ending;
  }

  async #gone(): Promise<void> {
    while (isProcessAlive(this.#trainer!)) await sleep(10);
  }
}

const startOf = (runDirectory: string, engine: Engine, text: string): TrainingStart => {
  const common = {
    runDirectory,
    engineDirectories: [nativeEngine().directory],
    engine,
    // After every step, so that most of the time something is being written.
    checkpointSeconds: 0,
  };
  return fs.existsSync(runDirectory)
    ? { type: "resume", ...common }
    : { type: "start", text, ...common };
};

/** What must be the same however often a run was killed: weights, slots, epochs, and the sums of the steps' losses. */
function resultOf(run: string) {
  const { tensors } = decodeSafetensors(
    fs.readFileSync(path.join(run, "checkpoints", "last.safetensors")),
  );
  const best = decodeSafetensors(
    fs.readFileSync(path.join(run, "checkpoints", "best.safetensors")),
  );
  const lines = parseMetrics(fs.readFileSync(path.join(run, "metrics.jsonl"), "utf8"));
  const record = parseRunRecord(fs.readFileSync(path.join(run, "run.json"), "utf8"));
  return {
    tensors,
    best: best.tensors,
    epochs: lines.flatMap((line) =>
      line.type === "epoch" ? [{ ...line, seconds: undefined }] : [],
    ),
    lossSums: lossSums(lines),
    record: { last: record?.last, best: record?.best, testLoss: record?.testLoss },
  };
}

/** The sum of the losses of all steps of each epoch, from the means in the points: with a gap or a double it is another. */
function lossSums(lines: readonly MetricsLine[]): readonly string[] {
  const sums: number[] = [];
  let before = 0;
  for (const line of lines) {
    if (line.type === "point") {
      sums[line.epoch - 1] = (sums[line.epoch - 1] ?? 0) + (line.step - before) * line.loss;
      before = line.step;
    }
  }
  return sums.map((sum) => sum.toPrecision(9));
}

/** Every file of a run that was killed is whole, and says what the others say. */
function checkFiles(run: string, text: string, where: string): void {
  const read = (name: string) => fs.readFileSync(path.join(run, name), "utf8");
  expect(read("design.cnn.json"), where).toBe(text);
  const record = parseRunRecord(read("run.json"));
  expect(record, where).toMatchObject({ name: "killed" });
  const metrics = fs.existsSync(path.join(run, "metrics.jsonl")) ? read("metrics.jsonl") : "";
  const lines = parseMetrics(metrics);
  // At most the last line is cut off.
  expect(metrics.split("\n").slice(0, -1).length - lines.length, where).toBe(0);
  const steps = lines.flatMap((line) => (line.type === "point" ? [line.step] : []));
  expect(steps, where).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
  const numbers = lines.flatMap((line) => (line.type === "epoch" ? [line.epoch] : []));
  expect(numbers, where).toEqual(numbers.map((_, index) => index + 1));
  for (const name of ["last", "best"]) {
    const file = path.join(run, "checkpoints", `${name}.safetensors`);
    if (fs.existsSync(file)) {
      const { tensors, metadata } = decodeSafetensors(fs.readFileSync(file));
      expect(tensors, where).toHaveLength(20);
      // Metrics are never behind a checkpoint.
      expect(Number(metadata["step"]), where).toBeLessThanOrEqual(steps.at(-1) ?? 0);
    }
  }
}

const whoms = ["trainer", "parent", "both"] as const;

interface Case {
  readonly engine: Engine;
  readonly kills: number;
  readonly text: (directory: string) => string;
}

async function killedRun(
  run: string,
  text: string,
  { engine, kills }: Case,
  random: Random,
): Promise<number> {
  let killed = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const family = new Family(startOf(run, engine, text));
    const ended = once(family.parent, "close");
    await (kill % 3 === 0 ? family.begun : Promise.race([family.trains, ended]));
    const delay = random() * 200;
    const whom = whoms[Math.floor(random() * whoms.length)]!;
    await Promise.race([sleep(delay), ended]);
    if (family.ending !== undefined) {
      await family.ended();
      break;
    }
    await family.kill(whom);
    killed += 1;
    if (fs.existsSync(run)) checkFiles(run, text, `${engine}: killed ${whom} after ${delay} ms`);
  }
  const last = new Family(startOf(run, engine, text));
  expect(await last.ended()).toMatchObject({ type: "finished", reason: "completed", epochs });
  return killed;
}

it.each<readonly [string, Case]>([
  ["tfjs-node", { engine: "tfjs-node", kills: 20, text: () => drawn }],
  ["wasm", { engine: "wasm", kills: 10, text: () => drawn }],
  [
    "wasm, a folder of images",
    { engine: "wasm", kills: 8, text: (folder) => photographed(path.join(folder, "images")) },
  ],
])(
  "%s: a run that is killed at random moments ends as one that is not, to the bit",
  async (name, one) => {
    const text = one.text(directory);
    const whole = path.join(directory, `whole ${name}`);
    const family = new Family({ ...startOf(whole, one.engine, text), checkpointSeconds: 30 });
    expect(await family.ended()).toMatchObject({ reason: "completed", epochs });
    const expected = resultOf(whole);
    expect(expected.lossSums).toHaveLength(epochs);
    // Nine steps an epoch.
    expect(expected.record.last?.step).toBe(epochs * 9);

    const run = path.join(directory, `killed ${name}`);
    const killed = await killedRun(run, text, one, randomFrom(7));
    expect(killed).toBe(one.kills);
    expect(resultOf(run)).toEqual(expected);
  },
  180_000,
);
