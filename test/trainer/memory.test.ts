import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import { makeSynthetic } from "../../src/trainer/datasets/synthetic.ts";
import { startTrainer } from "../../src/trainer/client.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { initialWeights } from "../../src/trainer/initialize.ts";
import { runLoop } from "../../src/trainer/loop.ts";
import { bundle } from "./support/bundle.ts";
import { loadEngine, nativeEngine } from "./support/engine.ts";

const design = (epochs: number): string =>
  JSON.stringify({
    version: 1,
    name: "flat",
    nodes: {
      image: { type: "input", shape: [12, 12, 1] },
      c1: { type: "conv2d", from: "image", filters: 8, kernelSize: 3, activation: "relu" },
      b1: { type: "batchNormalization", from: "c1" },
      p1: { type: "maxPooling2d", from: "b1" },
      drop: { type: "dropout", from: "p1", rate: 0.2 },
      flat: { type: "flatten", from: "drop" },
      output: { type: "dense", from: "flat", units: 4, activation: "softmax" },
    },
    training: { dataset: "synthetic", batchSize: 256, epochs, optimizer: { type: "adam" } },
  });

/** Megabytes of a process that are in memory (Linux). */
function residentMegabytes(id: number): number {
  const [, kilobytes = "0"] =
    /VmRSS:\s+(\d+)/u.exec(fs.readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe.skipIf(process.platform !== "linux")("memory stays flat", () => {
  let trainerFile: string;
  beforeAll(async () => {
    trainerFile = await bundle("src/trainer/main.ts", "trainerMemory.js");
  });

  it.each(["wasm", "tfjs-node"] as const)(
    "over a hundred epochs on %s",
    async (engine) => {
      const megabytes: number[] = [];
      await new Promise<void>((resolve, reject) => {
        const client = startTrainer(
          {
            type: "start",
            text: design(100),
            engine,
            engineDirectories: [nativeEngine().directory],
          },
          (event) => {
            if (event.type === "epoch") megabytes.push(residentMegabytes(client.pid!));
            if (event.type === "failed") reject(new Error(event.message));
            if (event.type === "finished") resolve();
          },
          { trainerFile },
        );
      });
      expect(megabytes).toHaveLength(100);
      const [early, late] = [median(megabytes.slice(20, 40)), median(megabytes.slice(80))];
      process.stderr.write(`${engine}: ${early.toFixed(1)} MB, then ${late.toFixed(1)} MB\n`);
      // 20,000 batches of 147 kB lie between them: one kept in a hundred would be 29 MB.
      expect(late - early).toBeLessThan(Math.max(15, 0.05 * early));
    },
    120_000,
  );
});

describe("several trainings in one process", () => {
  const native = loadEngine();
  const engines: Readonly<Record<string, TrainingEngine>> = {
    wasm: new WasmEngine({ threads: 1 }),
    "tfjs-node": native.engine,
  };

  it.each(Object.keys(engines))(
    "leave nothing behind on %s",
    async (name) => {
      const { network, parsed } = analyzeText(design(1));
      const recipe = parsed.design.training!;
      const graph = compile(network, recipe);
      const { inputShape, classes } = graph;
      const dataset = makeSynthetic({ inputShape, classes, seed: 1 });
      const train = async (): Promise<number> => {
        const session = await engines[name]!.load(graph);
        await session.setWeights(initialWeights(graph.weights, 1));
        await runLoop({
          session,
          dataset,
          recipe,
          stop: new AbortController().signal,
          emit: () => undefined,
          weightNames: [],
        });
        session.dispose();
        return native.tf.memory().numTensors;
      };
      const before = await train();
      for (let run = 0; run < 4; run += 1) expect(await train()).toBe(before);
    },
    120_000,
  );
});
