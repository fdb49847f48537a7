import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeSafetensors } from "../../src/trainer/safetensors.ts";
import { ask, missingPython } from "./oracle.ts";

interface Answer {
  readonly reader: "safetensors" | "description";
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
}

let directory: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "safetensors-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const missing = missingPython("keras");
if (missing !== undefined) {
  process.stderr.write(`Python does not read a checkpoint here: ${missing}\n`);
}

it.skipIf(missing !== undefined)("Python reads a checkpoint with its names", async () => {
  const tensors = [
    { name: "c1/kernel", shape: [2, 1, 3], values: Float32Array.of(1, -2, 0.1, 1e-40, 3e38, 0) },
    { name: "stage/2/층/bias", shape: [1], values: Float32Array.of(4) },
    { name: "empty", shape: [0, 3], values: new Float32Array() },
    { name: "optimizer/c1/kernel/m", shape: [2], values: Float32Array.of(5, 6) },
  ];
  const metadata = { epoch: "3", step: "213" };
  const file = path.join(directory, "best.safetensors");
  fs.writeFileSync(file, encodeSafetensors({ tensors, metadata }));
  const [answer] = await ask<Answer>("keras", "safetensors_oracle.py", [{ file }]);
  process.stderr.write(`Read by ${answer?.reader ?? "nobody"}.\n`);
  expect(answer).toMatchObject({
    metadata,
    tensors: Object.fromEntries(
      tensors.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
    ),
  });
});
