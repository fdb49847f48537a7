import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../src/trainer/safetensors.ts";
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
    const bytes = encodeSafetensors(file);
    expect(decodeSafetensors(bytes)).toEqual(file);
    // Small files are read into a pool that many of them share.
    expect(decodeSafetensors(Buffer.from(bytes))).toEqual(file);
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
