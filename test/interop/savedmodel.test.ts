import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { restore } from "../../src/trainer/checkpoint.ts";
import type { Batch } from "../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { exportSavedModel } from "../../src/trainer/exportSavedModel.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { randomFrom } from "../../src/trainer/random.ts";
import { runTraining } from "../../src/trainer/runTraining.ts";
import { decodeSafetensors } from "../../src/trainer/safetensors.ts";
import { ask, missingPython } from "./oracle.ts";

interface Answer {
  readonly signatures: readonly string[];
  readonly scores: readonly number[];
  readonly losses: readonly number[];
}

const text = JSON.stringify({
  version: 1,
  name: "exported",
  nodes: {
    image: { type: "input", shape: [8, 8, 1] },
    c1: { type: "conv2d", from: "image", filters: 4, kernelSize: 3 },
    b1: { type: "batchNormalization", from: "c1" },
    drop: { type: "dropout", from: "b1", rate: 0.25 },
    flat: { type: "flatten", from: "drop" },
    output: { type: "dense", from: "flat", units: 3, activation: "softmax" },
  },
  training: { dataset: "synthetic", batchSize: 256, epochs: 2, optimizer: { type: "adam" } },
});

let directory: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "savedmodel-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

function randomBatch(size: number): Batch {
  const random = randomFrom(3);
  const labels = new Float32Array(3 * size);
  for (let example = 0; example < size; example += 1) labels[3 * example + (example % 3)] = 1;
  return { size, images: Float32Array.from({ length: 64 * size }, random), labels };
}

const missing = missingPython("keras");
if (missing !== undefined) {
  process.stderr.write(`Python loads no SavedModel here: ${missing}\n`);
}

it.skipIf(missing !== undefined)(
  "Python loads a trained network, predicts the same, and trains on from there",
  async () => {
    const runDirectory = path.join(directory, "run");
    const events: TrainerEvent[] = [];
    await runTraining(
      { type: "start", text, engine: "wasm", engineDirectories: [], runDirectory },
      new AbortController().signal,
      (event) => events.push(event),
    );
    expect(events.at(-1)).toMatchObject({ type: "finished", reason: "completed" });
    const folder = path.join(directory, "model");
    exportSavedModel(runDirectory, folder);
    expect(fs.readdirSync(folder)).toEqual(["saved_model.pb"]);

    const { network, parsed } = analyzeText(text);
    const graph = compile(network, parsed.design.training!);
    const session = await new WasmEngine({ threads: 1 }).load(graph);
    const best = path.join(runDirectory, "checkpoints/best.safetensors");
    const { from } = await restore(decodeSafetensors(fs.readFileSync(best)), graph, session);
    const batch = randomBatch(5);
    const scores = await session.predict(batch.images, batch.size);
    const steps = [1, 2, 3].map((offset) => from.step + offset);
    const losses: number[] = [];
    for (const step of steps) {
      losses.push((await session.trainStep(batch, { learningRate: 0.01, step })).loss);
    }
    session.dispose();

    const [answer] = await ask<Answer>("keras", "savedmodel_oracle.py", [
      {
        folder,
        x: [...batch.images],
        xShape: [5, 8, 8, 1],
        y: [...batch.labels],
        yShape: [5, 3],
        steps,
        learningRate: 0.01,
      },
    ]);
    expect(answer?.signatures).toEqual(expect.arrayContaining(["predict", "train_step"]));
    const rounded = (values: Iterable<number>) => [...values].map((value) => value.toFixed(4));
    expect(rounded(answer?.scores ?? [])).toEqual(rounded(scores));
    expect(rounded(answer?.losses ?? [])).toEqual(rounded(losses));
    // The steps of Python have changed the weights.
    expect(new Set(answer?.losses).size).toBe(3);
  },
);
