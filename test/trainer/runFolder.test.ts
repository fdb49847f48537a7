import { defaultOptimizerRecipe, defaultRecipe } from "../../src/core/design/parseTraining.ts";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseMetrics, parseRunRecord } from "../../src/protocol/parseRun.ts";
import type { EpochResult, RunRecord } from "../../src/protocol/run.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { RunFolder } from "../../src/trainer/runFolder.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/trainer/safetensors.ts";
import { waitForRoom } from "../../src/trainer/waitForRoom.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";

let directory: string;
let run: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "run-folder-test-"));
  run = path.join(directory, "run");
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(directory, { recursive: true, force: true });
});

const begun: RunRecord = {
  format: 1,
  name: "small",
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

const result = (epoch: number, validationAccuracy: number): EpochResult => ({
  epoch,
  step: 10 * epoch,
  loss: 1 / epoch,
  accuracy: 0.5,
  validationLoss: 1,
  validationAccuracy,
});

const checkpoint = (epoch: number): Uint8Array =>
  encodeSafetensors({
    tensors: [{ name: "c1/kernel", shape: [2], values: Float32Array.of(epoch, 2) }],
    metadata: { epoch: String(epoch), step: String(10 * epoch) },
  });

/** Keeps an epoch as the best one or not. */
function keep(folder: RunFolder, epoch: number, best: EpochResult): void {
  const last = epoch === best.epoch ? best : result(epoch, 0.5);
  const content = checkpoint(epoch);
  if (last === best) folder.offerBest(content);
  folder.recordEpoch(last, best);
  folder.keepCheckpoint(content);
}

const progress = (step: number): TrainerEvent => ({
  type: "progress",
  points: [{ step, loss: 2, accuracy: 0.5 }],
  epoch: 1,
  step,
  imagesPerSecond: 1,
  secondsElapsed: 1,
  secondsLeft: 1,
});

const read = (name: string): string => fs.readFileSync(path.join(run, name), "utf8");
const record = (): RunRecord | undefined => parseRunRecord(read("run.json"));
const epochOf = (name: string): string | undefined =>
  decodeSafetensors(fs.readFileSync(path.join(run, "checkpoints", name))).metadata["epoch"];
const steps = (): readonly number[] =>
  parseMetrics(read("metrics.jsonl")).map((line) => ("step" in line ? line.step : -1));

describe("RunFolder", () => {
  it("keeps the text, and a record that says how far it is", () => {
    const folder = RunFolder.create(run, "{ /* exact */ }", begun);
    expect([read("design.cnn.json"), record()]).toEqual(["{ /* exact */ }", begun]);
    keep(folder, 1, result(1, 0.8));
    keep(folder, 2, result(2, 0.9));
    keep(folder, 3, result(2, 0.9));
    expect(record()).toEqual({ ...begun, last: result(3, 0.5), best: result(2, 0.9) });
    expect([epochOf("last.safetensors"), epochOf("best.safetensors")]).toEqual(["3", "2"]);
    folder.record({
      type: "finished",
      reason: "completed",
      epochs: 3,
      testLoss: 1,
      testAccuracy: 0.75,
      seconds: 9,
      imagesPerSecond: 1,
    });
    expect(record()).toMatchObject({ status: "completed", testAccuracy: 0.75, seconds: 9 });
    expect(fs.readdirSync(path.join(run, "checkpoints"))).toHaveLength(2);
  });

  it("keeps both checkpoints apart where the file system has no links", () => {
    vi.spyOn(fs, "linkSync").mockImplementation(() => {
      throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    });
    const folder = RunFolder.create(run, "{}", begun);
    keep(folder, 1, result(1, 0.8));
    keep(folder, 2, result(1, 0.8));
    expect([epochOf("last.safetensors"), epochOf("best.safetensors")]).toEqual(["2", "1"]);
    expect(folder.problem).toBeUndefined();
  });

  it("keeps the name that a person gives it meanwhile", () => {
    const folder = RunFolder.create(run, "{}", begun);
    fs.writeFileSync(path.join(run, "run.json"), JSON.stringify({ ...begun, name: "mine" }));
    keep(folder, 1, result(1, 0.8));
    expect(record()).toMatchObject({ name: "mine", last: { epoch: 1 } });
  });

  it("writes why it failed", () => {
    const folder = RunFolder.create(run, "{}", begun);
    folder.record({ type: "failed", code: "notFinite", message: "The loss is infinite." });
    expect(record()).toMatchObject({
      status: "failed",
      failure: { code: "notFinite", message: "The loss is infinite." },
    });
  });

  it("adds a line for every point", () => {
    const folder = RunFolder.create(run, "{}", begun);
    folder.record({ type: "phase", phase: "training" });
    folder.record(progress(1));
    folder.record(progress(2));
    expect(read("metrics.jsonl")).toBe(
      '{"type":"point","epoch":1,"step":1,"loss":2,"accuracy":0.5}\n' +
        '{"type":"point","epoch":1,"step":2,"loss":2,"accuracy":0.5}\n',
    );
  });

  it("has no gap and no broken line after a disk that was full for a while", () => {
    const folder = RunFolder.create(run, "{}", begun);
    folder.record(progress(1));
    const write = fs.writeSync;
    vi.spyOn(fs, "writeSync").mockImplementation(((file: number, bytes: Uint8Array) => {
      // Takes the first half of the line and is full then.
      write(file, bytes, 0, 20, fs.fstatSync(file).size);
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    }) as never);
    folder.record(progress(2));
    folder.record(progress(3));
    expect(steps()).toEqual([1]);
    expect(folder.problem).toMatch(/^its metrics could not .*: the disk is full$/u);
    vi.restoreAllMocks();
    folder.record(progress(4));
    expect(steps()).toEqual([1, 2, 3, 4]);
    expect(read("metrics.jsonl").split("\n")).toHaveLength(5);
  });

  it("holds the checkpoints that a full disk does not take, and writes them when it does", () => {
    const folder = RunFolder.create(run, "{}", begun);
    keep(folder, 1, result(1, 0.8));
    vi.spyOn(fs, "fsyncSync").mockImplementation(() => {
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    });
    keep(folder, 2, result(2, 0.9));
    keep(folder, 3, result(2, 0.9));
    expect(folder.writeWaiting()).toBe("full");
    expect([epochOf("last.safetensors"), epochOf("best.safetensors")]).toEqual(["1", "1"]);
    vi.restoreAllMocks();
    expect([folder.writeWaiting(), folder.problem]).toEqual(["written", undefined]);
    expect([epochOf("last.safetensors"), epochOf("best.safetensors")]).toEqual(["3", "2"]);
    expect(record()).toMatchObject({ last: { epoch: 3 }, best: { epoch: 2 } });
    expect(fs.readdirSync(path.join(run, "checkpoints"))).toHaveLength(2);
  });

  it("says in words what the disk did not take, and does not throw", () => {
    const folder = RunFolder.create(run, "{}", begun);
    fs.rmSync(run, { recursive: true });
    folder.keepCheckpoint(checkpoint(1));
    expect(folder.problem).toMatch(/could not be written to .*run: the folder is gone$/u);
    expect(folder.writeWaiting()).toBe("failed");
  });

  it("goes on from a position: what comes after it is cut off, and the rest is as it was", () => {
    const folder = RunFolder.create(run, "{}", begun);
    const epoch = (number: number): TrainerEvent => ({
      type: "epoch",
      ...result(number, 0.5),
      seconds: 1,
    });
    for (const event of [progress(9), progress(10), epoch(1), progress(12), progress(15)]) {
      folder.record(event);
    }
    const before = read("metrics.jsonl");
    folder.record({ type: "failed", code: "crashed", message: "It broke down." });
    fs.writeFileSync(path.join(run, "checkpoints", "last.safetensors.1.tmp"), "half");
    const again = RunFolder.goOn(run, begun, { epoch: 1, step: 15 });
    expect([read("metrics.jsonl"), record()]).toEqual([before, begun]);
    expect(fs.readdirSync(path.join(run, "checkpoints"))).toEqual([]);
    again.record(progress(16));
    expect(steps()).toEqual([9, 10, 10, 12, 15, 16]);
    RunFolder.goOn(run, begun, { epoch: 0, step: 10 });
    expect(steps()).toEqual([9, 10]);
    RunFolder.goOn(run, begun, { epoch: 0, step: 0 });
    expect(read("metrics.jsonl")).toBe("");
  });

  it("refuses a folder that cannot be made", () => {
    fs.writeFileSync(path.join(directory, "file"), "");
    const create = () => RunFolder.create(path.join(directory, "file", "run"), "{}", begun);
    expect(create).toThrow(TrainingFailure);
    expect(create).toThrow(/The run cannot be written to/u);
  });

  it("says of a read-only disk that it is one", () => {
    vi.spyOn(fs, "mkdirSync").mockImplementation(((_directory: string, options?: object) => {
      // Node says so where the folder above cannot be written to.
      const code = options === undefined ? "EROFS" : "ENOENT";
      throw Object.assign(new Error(code), { code });
    }) as never);
    expect(() => RunFolder.create(run, "{}", begun)).toThrow(
      /cannot be written to .*run: the disk is read-only/u,
    );
    vi.restoreAllMocks();
  });

  it("is waited for at the end while the disk is full, and a person hears it", async () => {
    const folder = RunFolder.create(run, "{}", begun);
    vi.spyOn(fs, "fsyncSync").mockImplementation(() => {
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    });
    folder.keepCheckpoint(checkpoint(1));
    const said: TrainerEvent[] = [];
    const waiting = waitForRoom(folder, new AbortController().signal, (event) => said.push(event));
    vi.restoreAllMocks();
    await waiting;
    expect([said.map(({ type }) => type), epochOf("last.safetensors")]).toEqual([
      ["phase", "notice"],
      "1",
    ]);
  });

  it("does not write over another run", () => {
    RunFolder.create(run, "{}", begun);
    expect(() => RunFolder.create(run, "{ }", begun)).toThrow(/holds a run already/u);
    expect(read("design.cnn.json")).toBe("{}");
  });
});
