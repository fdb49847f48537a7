import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunFolder } from "../../src/trainer/runFolder.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/trainer/safetensors.ts";
import { TrainingFailure } from "../../src/trainer/trainingFailure.ts";
import { writeAtomically } from "../../src/trainer/writeAtomically.ts";

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "run-test-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const file = {
  tensors: [
    { name: "c1/kernel", shape: [2, 2], values: Float32Array.of(1, -2, 3.5, Number.NaN) },
    { name: "층/bias", shape: [1], values: Float32Array.of(4) },
    { name: "empty", shape: [0], values: new Float32Array() },
  ],
  metadata: { epoch: "3" },
};

describe("safetensors", () => {
  it("reads back what it wrote", () => {
    expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file);
  });

  it("has the layout of the format: length, JSON header, data at a multiple of 8", () => {
    const bytes = Buffer.from(encodeSafetensors(file));
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.subarray(8, 8 + length).toString("utf8"))).toEqual({
      __metadata__: { epoch: "3" },
      "c1/kernel": { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] },
      "층/bias": { dtype: "F32", shape: [1], data_offsets: [16, 20] },
      empty: { dtype: "F32", shape: [0], data_offsets: [20, 20] },
    });
    expect(bytes.readFloatLE(8 + length + 8)).toBe(3.5);
    expect(bytes).toHaveLength(8 + length + 20);
  });

  it.each([4, 40, -3])("says that a file cut at %i is cut off", (end) => {
    expect(() => decodeSafetensors(encodeSafetensors(file).slice(0, end))).toThrow(/cut off/u);
  });
});

describe("writeAtomically", () => {
  it("leaves the old content and no other file where writing fails", () => {
    const target = path.join(directory, "a.txt");
    writeAtomically(target, "old");
    fs.mkdirSync(`${target}.${process.pid}.tmp`);
    expect(() => writeAtomically(target, "new")).toThrow(/EISDIR/u);
    expect(fs.readFileSync(target, "utf8")).toBe("old");
  });

  it("replaces the content and leaves no other file", () => {
    const target = path.join(directory, "a.txt");
    writeAtomically(target, "old");
    writeAtomically(target, "new");
    expect(fs.readdirSync(directory)).toEqual(["a.txt"]);
    expect(fs.readFileSync(target, "utf8")).toBe("new");
  });
});

describe("RunFolder", () => {
  const description = { text: "{}", details: {} };
  const point = { step: 1, loss: 2, accuracy: 0.5 };

  it("adds a line for every point and ending", () => {
    const folder = RunFolder.create(path.join(directory, "run"), description);
    folder.record({ type: "phase", phase: "training" });
    folder.record({
      type: "progress",
      points: [point, { ...point, step: 2 }],
      epoch: 1,
      step: 2,
      imagesPerSecond: 1,
      secondsElapsed: 1,
      secondsLeft: 1,
    });
    const lines = fs.readFileSync(path.join(directory, "run", "metrics.jsonl"), "utf8");
    expect(lines).toBe(
      '{"type":"point","epoch":1,"step":1,"loss":2,"accuracy":0.5}\n' +
        '{"type":"point","epoch":1,"step":2,"loss":2,"accuracy":0.5}\n',
    );
    expect(folder.takeProblem()).toBeUndefined();
  });

  it("says once in words what the disk did not take, and does not throw", () => {
    const folder = RunFolder.create(path.join(directory, "run"), description);
    fs.rmSync(path.join(directory, "run"), { recursive: true });
    folder.saveCheckpoint(file);
    expect(folder.takeProblem()).toMatch(
      /^the checkpoint could not be written to .*run: the folder is gone$/u,
    );
    expect(folder.takeProblem()).toBeUndefined();
  });

  it("refuses a folder that cannot be made", () => {
    fs.writeFileSync(path.join(directory, "file"), "");
    const create = () => RunFolder.create(path.join(directory, "file", "run"), description);
    expect(create).toThrow(TrainingFailure);
    expect(create).toThrow(/The run cannot be written to/u);
  });
});
