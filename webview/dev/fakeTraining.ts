import type { ComparedRun, Comparison } from "../../src/protocol/comparison.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";

const STEPS = 422;
const EPOCHS = 5;

const started: TrainerEvent = {
  type: "started",
  engine: { name: "tfjs-node", detail: "TensorFlow 2.21.0, CPU, 2 threads" },
  dataset: "mnist",
  trainingImages: 54_000,
  validationImages: 6000,
  testImages: 10_000,
  epochs: EPOCHS,
  stepsPerEpoch: STEPS,
  batchSize: 128,
  optimizer: "adam",
  notes: ["28 × 28 images are padded to 32 × 32."],
  isKept: true,
};

const noise = (step: number): number => Math.sin(step * 12.9898) * 0.5;

function progress(step: number): TrainerEvent {
  const loss = 0.04 + 2.2 * Math.exp(-step / 160) + 0.03 * noise(step) * Math.exp(-step / 900);
  return {
    type: "progress",
    points: [{ step, loss: Math.max(0.01, loss), accuracy: Math.min(0.995, 1 - loss / 2.6) }],
    epoch: Math.min(EPOCHS, Math.floor(step / STEPS) + 1),
    step,
    imagesPerSecond: 20_480 + 900 * noise(step),
    secondsElapsed: step / 100,
    secondsLeft: (STEPS * EPOCHS - step) / 100,
  };
}

const layersOf = (step: number): TrainerEvent => ({
  type: "layers",
  step,
  layers: ["c1", "c3", "c5", "f6", "output"].map((layer, index) => ({
    layer,
    gradientNorm: layer === "c1" ? 3e-8 : 10 ** (index / 2 - 3 + 0.2 * noise(step + index)),
    weightNorm: 3,
    updateRatio: 0.002,
  })),
  warning: { kind: "vanishing", layer: "c1" },
});

const timesOf = (step: number): TrainerEvent => ({
  type: "times",
  step,
  looks: Math.ceil(step / 80),
  batchSize: 128,
  layers: [
    { layer: "image", forward: 0, backward: 0 },
    { layer: "c1", forward: 2.14, backward: 1.45 },
    { layer: "s2", forward: 0.19, backward: 1.04 },
    { layer: "c3", forward: 1.08, backward: 3.35 },
    { layer: "s4", forward: 0.09, backward: 0.19 },
    { layer: "flatten", forward: 0.01, backward: 0 },
    { layer: "c5", forward: 0.17, backward: 0.39 },
    { layer: "f6", forward: 0.04, backward: 0.19 },
    { layer: "output", forward: 0.01, backward: 0.17 },
  ],
});

function epoch(number: number): TrainerEvent {
  const step = number * STEPS;
  const loss = 0.06 + 2.2 * Math.exp(-step / 160);
  return {
    type: "epoch",
    epoch: number,
    step,
    loss,
    accuracy: 1 - loss / 3,
    validationLoss: loss + 0.015,
    validationAccuracy: 0.95 + 0.0079 * number,
    seconds: 4.2,
  };
}

/** Everything a run of LeNet-5 says up to a step. */
export function* trainingEvents(lastStep: number): Generator<TrainerEvent> {
  yield { type: "phase", phase: "loadingEngine" };
  yield { type: "phase", phase: "loadingData" };
  yield { type: "phase", phase: "compiling" };
  yield started;
  yield { type: "phase", phase: "training" };
  for (let step = 8; step <= Math.min(lastStep, STEPS * EPOCHS); step += 8) {
    yield progress(step);
    yield layersOf(step);
    if (step % 80 === 0) yield timesOf(step);
    if (Math.floor(step / STEPS) > Math.floor((step - 8) / STEPS)) {
      yield epoch(Math.floor(step / STEPS));
    }
  }
}

/** Three runs that learn at different speeds. */
export function fakeComparison(): Comparison {
  const run = (name: string, speed: number): ComparedRun => ({
    name,
    stepsPerEpoch: STEPS,
    points: [],
    epochs: Array.from({ length: 12 }, (_, index) => {
      const loss = 0.05 + 2.2 * Math.exp((-speed * (index + 1)) / 3) + 0.02 * noise(index * speed);
      return {
        epoch: index + 1,
        step: STEPS * (index + 1),
        loss,
        accuracy: 1 - loss / 3,
        validationLoss: loss,
        validationAccuracy: 1 - loss / 3,
      };
    }),
  });
  return {
    runs: [run("LeNet-5, 09:10", 1), run("LeNet-5, 10:25", 1.6), run("wider", 0.7)],
    rows: [
      { name: "state", values: ["Completed", "Completed", "Paused"] },
      { name: "test accuracy", values: ["98.9%", "99.1%", ""] },
      { name: "optimizer.learningRate", values: ["0.001", "0.002", "0.001"] },
      { name: "c1.filters", values: ["6", "6", "12"] },
    ],
  };
}

/** Endings by name. */
export const endings: Readonly<Record<string, TrainerEvent>> = {
  ended: {
    type: "finished",
    reason: "completed",
    epochs: EPOCHS,
    testLoss: 0.0412,
    testAccuracy: 0.9893,
    seconds: 21.4,
    imagesPerSecond: 20_480,
  },
  crashed: {
    type: "failed",
    code: "crashed",
    message:
      "The training process ended unexpectedly (signal SIGKILL). The editor and the file are unharmed.",
    hint: "Start the training again; nothing of the design is lost.",
  },
  paused: {
    type: "finished",
    reason: "paused",
    epochs: 3,
    seconds: 12.4,
    imagesPerSecond: 20_480,
  },
  missing: {
    type: "failed",
    code: "engineMissing",
    message: "The native engine is not installed, so this design cannot be trained yet.",
    hint: "Install it with the button, or run npm run native.",
  },
};
