import { beforeAll, describe, expect, it } from "vitest";
import { type EngineComparison, compareEngines } from "../../src/trainer/clientMeasure.ts";
import { bundle } from "./support/bundle.ts";
import { nativeEngine } from "./support/engine.ts";

const design = (training: object | undefined, units = 4): string =>
  JSON.stringify({
    version: 1,
    name: "small",
    nodes: {
      image: { type: "input", shape: [12, 12, 1] },
      c1: { type: "conv2d", from: "image", filters: 8, kernelSize: 3, activation: "relu" },
      flat: { type: "flatten", from: "c1" },
      output: { type: "dense", from: "flat", units, activation: "softmax" },
    },
    ...(training && { training }),
  });

describe("the comparison of engines", () => {
  let trainerFile = "";
  const said: string[] = [];

  beforeAll(async () => {
    trainerFile = await bundle("src/trainer/main.ts", "measureTrainer.cjs");
  });

  const compare = (
    text: string,
    directories: readonly string[] = [nativeEngine().directory],
    signal = new AbortController().signal,
  ): Promise<EngineComparison> => {
    said.length = 0;
    return compareEngines(
      { text, engineDirectories: directories },
      {
        signal,
        report: (engine, phase) => said.push(phase ? `${engine} ${phase.phase}` : engine),
        trainerFile,
      },
    );
  };

  it("measures each engine in turn on the data set of the design", async () => {
    const comparison = await compare(design({ dataset: "synthetic", batchSize: 64 }));
    const results = comparison.type === "compared" ? comparison.results : [];
    const [native, wasm] = results.map(({ answer }) => answer);
    for (const [name, answer] of [
      ["tfjs-node", native],
      ["wasm", wasm],
    ] as const) {
      expect(answer).toMatchObject({
        type: "measured",
        engine: { name },
        dataset: "synthetic",
        batchSize: 64,
      });
      expect(answer).not.toHaveProperty("substituted");
      if (answer?.type === "measured") {
        // A window has whole batches, but for the last of an epoch.
        expect(answer.imagesPerSecond * answer.stepSeconds).toBeGreaterThan(40);
        expect(answer.imagesPerSecond * answer.stepSeconds).toBeLessThan(80);
        expect(answer.windows).toBeGreaterThan(0);
        expect(answer.peakBytes).toBeGreaterThan(2e7);
      }
    }
    expect(said.slice(0, 6)).toEqual([
      "tfjs-node",
      "tfjs-node compiling",
      "tfjs-node loadingEngine",
      "tfjs-node loadingData",
      "tfjs-node training",
      "wasm",
    ]);
  });

  it("says why an engine cannot, and makes up images where there are no others", async () => {
    const comparison = await compare(design(undefined), ["/nowhere/native"]);
    const results = comparison.type === "compared" ? comparison.results : [];
    expect(results.map(({ engine }) => engine)).toEqual(["tfjs-node", "wasm", "webgpu"]);
    expect(results.map(({ answer }) => answer)).toMatchObject([
      { type: "failed", code: "engineMissing", hint: /Install Native Engine/ },
      {
        type: "measured",
        dataset: "synthetic",
        batchSize: 32,
        substituted: "The design names no data set to train on.",
      },
      { type: "failed", code: "engineMissing", hint: /Install WebGPU Engine/ },
    ]);
  });

  it("says once what is wrong with the design", async () => {
    const comparison = await compare(design({ dataset: "synthetic", loss: "binaryCrossentropy" }));
    expect(comparison).toMatchObject({ type: "failed", code: "designHasErrors" });
    expect(said.filter((words) => !words.includes(" "))).toEqual(["tfjs-node"]);
  });

  it("ends where it is cancelled", async () => {
    const cancel = new AbortController();
    const text = design({ dataset: "synthetic" });
    const comparing = compareEngines(
      { text, engineDirectories: [nativeEngine().directory] },
      {
        signal: cancel.signal,
        report: (_engine, phase) => {
          if (phase?.phase === "training") cancel.abort();
        },
        trainerFile,
      },
    );
    expect(await comparing).toEqual({ type: "cancelled" });
  });
});
