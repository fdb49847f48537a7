import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/runCli.ts";
import type { Measurement } from "../../src/protocol/measurement.ts";
import type { EngineComparison } from "../../src/trainer/clientMeasure.ts";
import { fakeTerminal } from "./fakeTerminal.ts";
import { fakeWorld } from "./fakeWorld.ts";

const file = "examples/lenet5.cnn.json";

const measured: Measurement = {
  type: "measured",
  engine: { name: "wasm", detail: "SIMD, CPU, 2 threads" },
  dataset: "mnist",
  batchSize: 128,
  imagesPerSecond: 12_345.6,
  stepSeconds: 0.010_37,
  peakBytes: 98_765_432,
  steps: 289,
  windows: 5,
};

const missing = {
  type: "failed",
  code: "engineMissing",
  message: "The engine is not installed.",
  hint: "Install it.",
} as const;

const compared: EngineComparison = {
  type: "compared",
  results: [
    { engine: "tfjs-node", answer: missing },
    { engine: "wasm", answer: measured },
  ],
};

/** Runs `engines` where the comparison ends like this. */
async function engines(comparison: EngineComparison, ...parameters: readonly string[]) {
  const { terminal, output, complaint } = fakeTerminal();
  const world = fakeWorld(terminal, {
    compareEngines: async (_request, { report }) => {
      report("tfjs-node");
      report("tfjs-node", { type: "phase", phase: "training" });
      report("wasm");
      return comparison;
    },
  });
  const code = await runCli(["engines", file, ...parameters], world);
  return { code, output: output(), complaint: complaint() };
}

describe("engines", () => {
  it("prints the figures of each engine, and why one cannot", async () => {
    const { code, output, complaint } = await engines(compared);
    expect({ code, complaint, lines: output.split("\n") }).toEqual({
      code: 0,
      complaint: "Measuring tfjs-node ...\nMeasuring wasm ...\n",
      lines: [
        "LeNet-5, batches of 128, mnist",
        "engine  images/s  ms a step  peak MB",
        "wasm      12,346       10.4       99  SIMD, CPU, 2 threads",
        "tfjs-node: The engine is not installed. Install it.",
        "",
      ],
    });
  });

  it("says that images are made up, and why", async () => {
    const substituted = "There is no folder ./images.";
    const { output } = await engines({
      type: "compared",
      results: [{ engine: "wasm", answer: { ...measured, dataset: "synthetic", substituted } }],
    });
    expect(output.split("\n").slice(0, 2)).toEqual([
      "LeNet-5, batches of 128, synthetic",
      "Made-up images: There is no folder ./images.",
    ]);
  });

  it("prints all answers as JSON", async () => {
    const { output } = await engines(compared, "--json");
    expect(JSON.parse(output)).toEqual({ name: "LeNet-5", engines: compared.results });
  });

  it("fails where no engine can, and ends with 130 where it was cancelled", async () => {
    const results = [{ engine: "webgpu", answer: missing }] as const;
    const none = await engines({ type: "compared", results });
    expect([none.code, none.output]).toEqual([
      1,
      "LeNet-5\nwebgpu: The engine is not installed. Install it.\n",
    ]);
    expect((await engines({ type: "cancelled" })).code).toBe(130);
  });
});
