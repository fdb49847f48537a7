import path from "node:path";
import { describe, expect, it } from "vitest";
import { type CliWorld, runCli } from "../../src/cli/runCli.ts";
import type { StartTrainer } from "../../src/cli/trainCommand.ts";
import type { ExportAnswer, TrainerEvent } from "../../src/protocol/trainer.ts";
import { fakeTerminal } from "./fakeTerminal.ts";
import { fakeWorld } from "./fakeWorld.ts";

const file = "examples/lenet5.cnn.json";

const started: TrainerEvent = {
  type: "started",
  engine: { name: "tfjs-node", detail: "TensorFlow, CPU" },
  dataset: "mnist",
  trainingImages: 54_000,
  validationImages: 6000,
  testImages: 10_000,
  epochs: 1,
  stepsPerEpoch: 422,
  batchSize: 128,
  optimizer: "Adam",
};
const progress: TrainerEvent = {
  type: "progress",
  points: [{ step: 10, loss: 0.5, accuracy: 0.8 }],
  epoch: 1,
  step: 10,
  imagesPerSecond: 12_345.6,
  secondsElapsed: 1,
  secondsLeft: 75,
};
const epoch: TrainerEvent = {
  type: "epoch",
  epoch: 1,
  step: 422,
  loss: 0.25,
  accuracy: 0.925,
  validationLoss: 0.125,
  validationAccuracy: 0.96,
  seconds: 4,
};
const finished: TrainerEvent = {
  type: "finished",
  reason: "completed",
  epochs: 1,
  testLoss: 0.0625,
  testAccuracy: 0.98123,
  seconds: 5,
  imagesPerSecond: 12_000,
};

/** Runs `train` against a trainer that says these events; `interrupts` is how often Ctrl+C comes after them. */
async function train(
  events: readonly TrainerEvent[],
  parameters: readonly string[] = [],
  interrupts = 0,
) {
  const { terminal, output, complaint } = fakeTerminal();
  const calls: string[] = [];
  const requests: unknown[] = [];
  let interrupt = (): void => undefined;
  let isListening = false;
  const start: StartTrainer = (request, listen) => {
    requests.push(request);
    queueMicrotask(() => {
      for (const event of events) listen(event);
      for (let count = 0; count < interrupts; count++) interrupt();
    });
    const ask = (call: string, reason: "stopped" | "paused") => (): void => {
      calls.push(call);
      if (interrupts === 1) {
        listen({ type: "finished", reason, epochs: 0, seconds: 1, imagesPerSecond: 1 });
      }
    };
    return {
      stop: ask("stop", "stopped"),
      pause: ask("pause", "paused"),
      kill: () => void calls.push("kill"),
    };
  };
  const files = parameters.includes("--resume") ? [] : [file];
  const training: CliWorld["training"] = {
    start,
    engineDirectories: ["engine"],
    onInterrupt: (listener) => {
      interrupt = listener;
      isListening = true;
      return () => {
        isListening = false;
      };
    },
  };
  const world = fakeWorld(terminal, { training });
  const code = await runCli(["train", ...files, ...parameters], world);
  return { code, calls, requests, isListening, output: output(), complaint: complaint() };
}

describe("train", () => {
  it("prints epochs and the test accuracy", async () => {
    const { code, output, complaint, isListening } = await train([
      started,
      progress,
      epoch,
      finished,
    ]);
    expect({ code, complaint, isListening }).toEqual({
      code: 0,
      complaint: "",
      isListening: false,
    });
    expect(output.split("\n")).toEqual([
      "Engine: tfjs-node (TensorFlow, CPU)",
      "Data: mnist, 54,000 images to train, 6,000 to validate, 10,000 to test",
      "Recipe: Adam, batches of 128, 1 epoch",
      "epoch 1/1  loss 0.2500  accuracy 92.50 %  validation loss 0.1250  accuracy 96.00 %  4.0 s",
      "Trained 1 epoch in 5.0 s, 12,000 images/s",
      "test loss 0.0625",
      "test accuracy 98.12 %",
      "",
    ]);
  });

  it("says what early stopping did", async () => {
    const longer = { ...started, epochs: 60 } as const;
    const { output } = await train([longer, { ...finished, epochs: 33, bestEpoch: 31 }]);
    expect(output.split("\n").slice(3, 6)).toEqual([
      "Trained 33 epochs in 5.0 s, 12,000 images/s",
      "Early stopping ended it after 33 of 60 epochs",
      "Weights of epoch 31, the best",
    ]);
  });

  it("hands on text, engines and epochs", async () => {
    const { requests } = await train([finished], ["--epochs", "3"]);
    expect(requests).toMatchObject([{ engineDirectories: ["engine"], epochs: 3 }]);
  });

  it("keeps the run in the folder that is named, and says what the disk did not take", async () => {
    const message = "The training goes on, but its metrics could not be written.";
    const notice = { type: "notice", severity: "warning", message } as const;
    const { requests, complaint } = await train([notice, finished], ["--run", "kept"]);
    expect(requests).toMatchObject([
      { type: "start", runDirectory: path.resolve("kept"), designFile: path.resolve(file) },
    ]);
    expect(complaint).toBe(`Warning: ${message}\n`);
    expect((await train([finished], ["--run", ""])).complaint).toContain("name of a folder");
  });

  it("pauses a run that is kept, says how it goes on, and goes on", async () => {
    const { calls, complaint, code } = await train([started], ["--run", "a b"], 1);
    expect({ calls, code }).toEqual({ calls: ["pause"], code: 130 });
    expect(complaint).toBe(
      "Pausing after this batch. Press Ctrl+C again to end at once.\n" +
        `Go on with: cnn-architect train --resume ${JSON.stringify(path.resolve("a b"))}\n`,
    );
    const { requests } = await train([finished], ["--resume", "kept", "--epochs", "9"]);
    expect(requests).toEqual([
      {
        type: "resume",
        runDirectory: path.resolve("kept"),
        engineDirectories: ["engine"],
        epochs: 9,
      },
    ]);
    expect((await train([], ["--resume", "a", "--run", "b"])).complaint).toContain(
      "--resume needs neither a file nor --run",
    );
  });

  it("says how a complete run trains longer", async () => {
    const { complaint, code } = await train(
      [{ ...started, epochs: 5 }, finished],
      ["--resume", "kept"],
    );
    expect({ complaint, code }).toEqual({
      code: 0,
      complaint: `Its 5 epochs were trained already. Train longer with: cnn-architect train --resume ${path.resolve("kept")} --epochs 10\n`,
    });
    const longer = [{ ...started, epochs: 5 }, epoch, finished];
    expect((await train(longer, ["--resume", "kept"])).complaint).toBe("");
  });

  it("takes the engine that is asked for, and says which there are", async () => {
    const { requests } = await train([finished], ["--engine", "wasm"]);
    expect(requests).toMatchObject([{ engineDirectories: ["engine"], engine: "wasm" }]);
    const { code, complaint } = await train([finished], ["--engine", "abacus"]);
    expect(code).toBe(2);
    expect(complaint).toContain("--engine must be auto, tfjs-node, wasm, webgpu, not abacus.");
  });

  it("prints every event as a line of JSON", async () => {
    const events = [started, progress, epoch, finished];
    const { code, output } = await train(events, ["--json"]);
    expect(code).toBe(0);
    expect(
      output
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(events);
  });

  it("says why a training failed and what to do", async () => {
    const failed: TrainerEvent = {
      type: "failed",
      code: "engineMissing",
      message: "There is no engine.",
      hint: "Run npm run native.",
    };
    expect(await train([failed])).toMatchObject({
      code: 1,
      complaint: "There is no engine.\nRun npm run native.\n",
    });
  });

  it("stops gently at the first Ctrl+C and at once at the second", async () => {
    const gentle = await train([started, progress], [], 1);
    expect(gentle).toMatchObject({ code: 130, calls: ["stop"], isListening: false });
    expect(gentle.complaint).toContain("Stopping after this batch.");
    expect(gentle.output).toContain("Stopped after 0 epochs");
    const hard = await train([started, progress], [], 2);
    expect(hard).toMatchObject({ code: 130, calls: ["stop", "kill"], isListening: false });
  });
});

describe("export", () => {
  it("names the folder, and says in words why it cannot be", async () => {
    const exporting = async (answer: ExportAnswer, ...parameters: readonly string[]) => {
      const { terminal, output, complaint } = fakeTerminal();
      const requests: unknown[] = [];
      const exportRun: CliWorld["exportRun"] = async (request) => {
        requests.push(request);
        return answer;
      };
      const world = fakeWorld(terminal, { exportRun });
      const code = await runCli(["export", ...parameters], world);
      return { code, requests, output: output(), complaint: complaint() };
    };
    const target = path.resolve("model");
    expect(await exporting({ type: "exported" }, "run", "--output", "model")).toEqual({
      code: 0,
      requests: [{ runDirectory: path.resolve("run"), target }],
      output: `${target}\n`,
      complaint: "",
    });
    const failed = { type: "failed", code: "diskFailed", message: "It is full." } as const;
    expect(await exporting(failed, "run", "--output", "model")).toMatchObject({
      code: 1,
      complaint: "It is full.\n",
    });
    expect(await exporting(failed, "run")).toMatchObject({ code: 2, requests: [] });
  });
});
