import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { runTraining } from "../../src/trainer/runTraining.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
} from "../../src/trainer/safetensors.ts";

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "given-weights-test-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

/** A small network with a head of its own; its features can be kept as they are. */
const design = (units: number, training: object, trainable = true): string =>
  JSON.stringify({
    version: 1,
    name: "small",
    nodes: {
      image: { type: "input", shape: [6, 6, 1] },
      c1: { type: "conv2d", from: "image", filters: 2, kernelSize: 3, trainable },
      flat: { type: "flatten", from: "c1" },
      output: { type: "dense", from: "flat", units, activation: "softmax" },
    },
    training: { dataset: "synthetic", batchSize: 500, epochs: 1, ...training },
  });

async function train(text: string, run: string): Promise<readonly TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  await runTraining(
    {
      type: "start",
      text,
      engine: "wasm",
      engineDirectories: [],
      designFile: path.join(directory, "small.cnn.json"),
      runDirectory: path.join(directory, run),
    },
    new AbortController().signal,
    (event) => events.push(event),
  );
  return events;
}

const notesOf = (events: readonly TrainerEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "started" ? (event.notes ?? []) : []));

const weightsOf = (run: string): ReadonlyMap<string, readonly number[]> =>
  new Map(
    decodeSafetensors(
      fs.readFileSync(path.join(directory, run, "checkpoints/best.safetensors")),
    ).tensors.map(({ name, values }) => [name, [...values]]),
  );

describe("weights to start from", () => {
  it("are those of a run where name and shape agree, and the note says which are not", async () => {
    await train(design(3, {}), "before");
    const events = await train(design(4, { initialWeights: "before", seed: 2 }, false), "after");
    expect(events.at(-1)).toMatchObject({ type: "finished", reason: "completed" });
    expect(notesOf(events)).toContain(
      "2 of 4 weights start from before; these start anew, because it has none of their name and shape: output/kernel, output/bias",
    );
    const [before, after] = [weightsOf("before"), weightsOf("after")];
    expect(after.get("c1/kernel")).toEqual(before.get("c1/kernel"));
    expect(after.get("c1/bias")).toEqual(before.get("c1/bias"));
    expect(after.get("output/kernel")).toHaveLength(16 * 2 * 4);
  });

  it("are those of a file, all of them", async () => {
    await train(design(3, {}), "before");
    const file = "before/checkpoints/last.safetensors";
    const events = await train(
      design(3, { initialWeights: file, optimizer: { type: "sgd", learningRate: 1e-30 } }),
      "after",
    );
    expect(notesOf(events)).toContain(`All 4 weights start from ${file}.`);
    expect(weightsOf("after").get("output/kernel")).toEqual(
      weightsOf("before").get("output/kernel"),
    );
  });

  const others: Readonly<Record<string, () => Uint8Array>> = {
    "are cut off": () => encodeSafetensors(file([tensor()])).subarray(0, -3),
    "are no safetensors": () => Buffer.from("PK\u0003\u0004 something else altogether"),
    "are of another type": () =>
      Buffer.from(
        Buffer.from(encodeSafetensors(file([tensor()])))
          .toString("latin1")
          .replace('"F32"', '"F16"'),
        "latin1",
      ),
    "are of another design": () => encodeSafetensors(file([{ ...tensor(), name: "other" }])),
  };
  it.each(Object.keys(others))(
    "that %s end the training before it starts, in words",
    async (how) => {
      fs.writeFileSync(path.join(directory, "w.safetensors"), others[how]?.() ?? "");
      const events = await train(design(3, { initialWeights: "w.safetensors" }), "after");
      expect(events.at(-1)).toMatchObject({
        type: "failed",
        code: "weightsUnreadable",
        message: expect.stringContaining(path.join(directory, "w.safetensors")),
        hint: expect.stringContaining("initialWeights"),
      });
      expect(fs.existsSync(path.join(directory, "after"))).toBe(false);
    },
  );

  it("that are not there are named", async () => {
    const events = await train(design(3, { initialWeights: "nowhere" }), "after");
    expect(events.at(-1)).toMatchObject({
      code: "weightsUnreadable",
      message: `The weights in ${path.join(directory, "nowhere")} cannot be read: nothing is there.`,
    });
  });
});

const tensor = (): NamedTensor => ({
  name: "c1/bias",
  shape: [2],
  values: Float32Array.of(1, 2),
});

const file = (tensors: readonly NamedTensor[]) => ({ tensors, metadata: {} });
