import { defaultOptimizerRecipe } from "../../src/core/design/parseTraining.ts";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseMetrics, parseRunRecord } from "../../src/protocol/parseRun.ts";
import type { MetricsLine } from "../../src/protocol/run.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { startTrainer } from "../../src/trainer/client.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { decodeSafetensors } from "../../src/trainer/safetensors.ts";
import { bundle } from "./support/bundle.ts";
import { loadEngine, nativeEngine } from "./support/engine.ts";
import { networkOf, plainRecipe } from "./support/network.ts";

const nodes = {
  image: { type: "input", shape: [12, 12, 1] },
  c1: { type: "conv2d", filters: 8, kernelSize: 3, activation: "relu" },
  flat: { type: "flatten" },
  output: { type: "dense", units: 4, activation: "softmax" },
};
const optimizer = {
  ...defaultOptimizerRecipe("sgd"),
  learningRate: 0.01,
  momentum: 0.9,
  nesterov: false,
} as const;
const text = JSON.stringify({
  version: 1,
  name: "killed",
  nodes: {
    image: nodes.image,
    c1: { ...nodes.c1, from: "image" },
    flat: { ...nodes.flat, from: "c1" },
    output: { ...nodes.output, from: "flat" },
  },
  // Epochs of a tenth of a second, so that most of the time something is being written.
  training: { dataset: "synthetic", batchSize: 512, epochs: 100_000, optimizer },
});
const kills = 10;

let trainerFile: string;
let directory: string;
beforeAll(async () => {
  trainerFile = await bundle("src/trainer/main.ts", "trainerKilled.js");
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "run-killed-test-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** Trains and kills the process some milliseconds after its first word about the engine. */
async function killedRun(runDirectory: string, delay: number): Promise<readonly TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  await new Promise<void>((resolve) => {
    const client = startTrainer(
      { text, runDirectory, engineDirectories: [nativeEngine().directory] },
      (event) => {
        events.push(event);
        if (event.type === "started") {
          void sleep(delay).then(() => process.kill(client.pid!, "SIGKILL"));
        } else if (event.type === "failed") {
          resolve();
        }
      },
      { trainerFile },
    );
  });
  return events;
}

/** What the file must hold of an event. */
function linesOf(event: TrainerEvent): readonly MetricsLine[] {
  switch (event.type) {
    case "progress":
      return event.points.map((point) => ({ type: "point", epoch: event.epoch, ...point }));
    case "started":
    case "epoch":
      return [event];
    case "phase":
    case "finished":
    case "failed":
      return [];
  }
}

it(`leaves a run that reads, whenever it is killed (${kills} times)`, async () => {
  const { engine } = loadEngine();
  const graph = compile(networkOf(nodes), { ...plainRecipe, optimizer });
  const session = await engine.load(graph);
  const delays = Array.from({ length: kills }, (_, kill) =>
    kill === 0 ? 0 : Math.random() * 2_000,
  );
  const checkpoints: number[] = [];
  for (const [kill, delay] of delays.entries()) {
    const run = path.join(directory, String(kill));
    const said = await killedRun(run, delay);
    const where = `killed ${delay} ms after the start`;
    const read = (name: string) => fs.readFileSync(path.join(run, name), "utf8");
    expect(read("design.cnn.json"), where).toBe(text);
    const record = parseRunRecord(read("run.json"));
    expect(record, where).toMatchObject({ name: "killed", status: "running" });

    // Everything that was said is in the file once and in order, and no more than what was on its way.
    const metrics = read("metrics.jsonl");
    const lines = parseMetrics(metrics);
    expect(metrics.split("\n").length - 1 - lines.length, where).toBeLessThanOrEqual(0);
    const heard = said.flatMap(linesOf);
    expect(lines.slice(0, heard.length), where).toEqual(heard);
    const steps = lines.flatMap((line) => (line.type === "point" ? [line.step] : []));
    expect(steps, where).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
    const epochs = lines.flatMap((line) => (line.type === "epoch" ? [line.epoch] : []));
    expect(epochs, where).toEqual(epochs.map((_, index) => index + 1));

    // The record and the metrics are at most the epoch apart that was being written.
    const last = record?.last?.epoch ?? 0;
    expect([0, 1], where).toContain(last - epochs.length);
    for (const name of ["last", "best"]) {
      const file = path.join(run, "checkpoints", `${name}.safetensors`);
      if (fs.existsSync(file)) {
        const { tensors, metadata } = decodeSafetensors(fs.readFileSync(file));
        const valuesOf = (names: readonly string[]) =>
          names.map((wanted) => tensors.find(({ name: found }) => found === wanted)!.values);
        const weights = valuesOf(graph.weights.map(({ name: weight }) => weight));
        await session.setWeights(weights);
        await session.setSlots(valuesOf(graph.slots.map(({ name: slot }) => `optimizer/${slot}`)));
        expect(await session.getWeights(), where).toEqual(weights);
        checkpoints.push(Number(metadata["epoch"]));
        if (name === "last") {
          expect([0, 1], where).toContain(Number(metadata["epoch"]) - last);
        }
      } else {
        expect(last, where).toBe(0);
      }
    }
  }
  session.dispose();
  expect(Math.max(...checkpoints)).toBeGreaterThan(1);
}, 180_000);
