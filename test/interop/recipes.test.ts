import { beforeAll, describe, expect, it } from "vitest";
import {
  defaultOptimizerRecipe,
  defaultRecipe,
  defaultScheduleRecipe,
} from "../../src/core/design/parseTraining.ts";
import type { Loss, OptimizerRecipe, ScheduleRecipe } from "../../src/core/design/training.ts";
import { WasmEngine } from "../../src/trainer/engines/wasm/wasmEngine.ts";
import type { TrainingEngine } from "../../src/trainer/engines/engine.ts";
import { compile } from "../../src/trainer/graph/compile.ts";
import { EarlyStopping } from "../../src/trainer/recipe/earlyStopping.ts";
import { LearningRate } from "../../src/trainer/recipe/learningRate.ts";
import { randomBatch, randomWeights } from "../trainer/support/check.ts";
import { loadEngine } from "../trainer/support/engine.ts";
import { networkOf, plainRecipe } from "../trainer/support/network.ts";
import { ask, missingPython } from "./oracle.ts";

type Made = readonly [name: string, options: Readonly<Record<string, unknown>>];

interface Case {
  readonly name: string;
  readonly optimizer: OptimizerRecipe;
  readonly theirs: Made;
  readonly loss?: Loss;
  readonly theirLoss?: Made;
  readonly labelSmoothing?: number;
}

const sgd = { ...defaultOptimizerRecipe("sgd"), learningRate: 0.5 };
const rmsprop = { ...defaultOptimizerRecipe("rmsprop"), learningRate: 0.01 };
const plainSgd: Made = ["SGD", { learning_rate: 0.5 }];

const cases: readonly Case[] = [
  { name: "SGD", optimizer: sgd, theirs: plainSgd },
  {
    name: "momentum with weight decay",
    optimizer: { ...sgd, momentum: 0.9, weightDecay: 0.05 },
    theirs: ["SGD", { learning_rate: 0.5, momentum: 0.9, weight_decay: 0.05 }],
  },
  {
    name: "Nesterov",
    optimizer: { ...sgd, momentum: 0.8, nesterov: true },
    theirs: ["SGD", { learning_rate: 0.5, momentum: 0.8, nesterov: true }],
  },
  {
    name: "Adam",
    optimizer: { ...defaultOptimizerRecipe("adam"), learningRate: 0.05, epsilon: 0.01 },
    theirs: ["Adam", { learning_rate: 0.05, epsilon: 0.01 }],
  },
  {
    name: "AdamW",
    optimizer: { ...defaultOptimizerRecipe("adamW"), learningRate: 0.05, weightDecay: 0.3 },
    theirs: ["AdamW", { learning_rate: 0.05, weight_decay: 0.3 }],
  },
  {
    name: "AdamW as it comes",
    optimizer: defaultOptimizerRecipe("adamW"),
    theirs: ["AdamW", {}],
  },
  { name: "RMSprop", optimizer: rmsprop, theirs: ["RMSprop", { learning_rate: 0.01 }] },
  {
    name: "RMSprop with momentum",
    optimizer: { ...rmsprop, momentum: 0.7, rho: 0.8 },
    theirs: ["RMSprop", { learning_rate: 0.01, momentum: 0.7, rho: 0.8 }],
  },
  {
    name: "RMSprop, centered, with momentum and weight decay",
    optimizer: { ...rmsprop, momentum: 0.5, centered: true, epsilon: 0.001, weightDecay: 0.1 },
    theirs: [
      "RMSprop",
      { learning_rate: 0.01, momentum: 0.5, centered: true, epsilon: 0.001, weight_decay: 0.1 },
    ],
  },
  {
    name: "Adagrad",
    optimizer: { ...defaultOptimizerRecipe("adagrad"), learningRate: 0.1, epsilon: 0.01 },
    theirs: ["Adagrad", { learning_rate: 0.1, epsilon: 0.01 }],
  },
  {
    name: "clipNorm",
    optimizer: { ...sgd, clipNorm: 0.1 },
    theirs: ["SGD", { learning_rate: 0.5, clipnorm: 0.1 }],
  },
  {
    name: "globalClipNorm",
    optimizer: { ...sgd, momentum: 0.9, globalClipNorm: 0.2 },
    theirs: ["SGD", { learning_rate: 0.5, momentum: 0.9, global_clipnorm: 0.2 }],
  },
  {
    name: "clipValue",
    optimizer: { ...sgd, clipValue: 0.02 },
    theirs: ["SGD", { learning_rate: 0.5, clipvalue: 0.02 }],
  },
  {
    name: "label smoothing",
    optimizer: sgd,
    theirs: plainSgd,
    labelSmoothing: 0.2,
    theirLoss: ["CategoricalCrossentropy", { label_smoothing: 0.2 }],
  },
  {
    name: "sparse cross-entropy",
    optimizer: sgd,
    theirs: plainSgd,
    loss: "sparseCategoricalCrossentropy",
    theirLoss: ["SparseCategoricalCrossentropy", {}],
  },
  {
    name: "binary cross-entropy",
    optimizer: sgd,
    theirs: plainSgd,
    loss: "binaryCrossentropy",
    theirLoss: ["BinaryCrossentropy", {}],
  },
  {
    name: "binary cross-entropy with label smoothing",
    optimizer: sgd,
    theirs: plainSgd,
    loss: "binaryCrossentropy",
    labelSmoothing: 0.1,
    theirLoss: ["BinaryCrossentropy", { label_smoothing: 0.1 }],
  },
  {
    name: "mean squared error",
    optimizer: sgd,
    theirs: plainSgd,
    loss: "meanSquaredError",
    theirLoss: ["MeanSquaredError", {}],
  },
];

const [inputs, hidden, classes, images, steps] = [6, 8, 4, 12, 10];

const activationOf = ({ loss }: Case) => (loss === "binaryCrossentropy" ? "sigmoid" : "softmax");

function graphOf(one: Case) {
  const { optimizer, loss = "categoricalCrossentropy", labelSmoothing = 0 } = one;
  return compile(
    networkOf({
      image: { type: "input", shape: [inputs] },
      hidden: { type: "dense", units: hidden, activation: "tanh" },
      output: { type: "dense", units: classes, activation: activationOf(one) },
    }),
    { ...plainRecipe, optimizer, loss, labelSmoothing },
  );
}

const batch = randomBatch(inputs, classes, images);

function rows(values: Float32Array, width: number): readonly (readonly number[])[] {
  return Array.from({ length: values.length / width }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}

interface Trained {
  readonly losses: readonly number[];
  readonly weights: readonly (readonly number[] | readonly (readonly number[])[])[];
}

describe.skipIf(missingPython("keras") !== undefined)("ten steps are those of Keras", () => {
  let answers: readonly Trained[];
  let engines: Readonly<Record<"native" | "WASM", TrainingEngine>>;

  beforeAll(async () => {
    engines = { native: loadEngine().engine, WASM: new WasmEngine() };
    answers = await ask<Trained>(
      "keras",
      "keras_recipes.py",
      cases.map((one) => ({
        ask: "training",
        optimizer: one.theirs,
        loss: one.theirLoss ?? ["CategoricalCrossentropy", {}],
        activation: activationOf(one),
        weights: randomWeights(graphOf(one).weights).map((values, index) =>
          index % 2 === 1 ? [...values] : rows(values, index === 0 ? hidden : classes),
        ),
        images: rows(batch.images, inputs),
        labels: rows(batch.labels, classes),
        steps,
      })),
    );
  });

  it.each(cases.flatMap((one) => (["native", "WASM"] as const).map((engine) => ({ one, engine }))))(
    "$one.name on the $engine engine",
    async ({ one, engine }) => {
      const graph = graphOf(one);
      const expected = answers[cases.indexOf(one)];
      const { learningRate } = one.optimizer;
      const session = await engines[engine].load(graph);
      await session.setWeights(randomWeights(graph.weights));
      const losses: number[] = [];
      for (let step = 1; step <= steps; step += 1) {
        losses.push((await session.trainStep(batch, { learningRate, step })).loss);
      }
      const weights = await session.getWeights();
      session.dispose();
      for (const [index, loss] of (expected?.losses ?? []).entries()) {
        expect(losses[index], `loss of step ${index + 1}`).toBeCloseTo(loss, 5);
      }
      expect(expected?.losses).toHaveLength(steps);
      for (const [index, values] of (expected?.weights ?? []).entries()) {
        for (const [place, value] of values.flat().entries()) {
          expect(weights[index]?.[place], graph.weights[index]?.name).toBeCloseTo(value, 4.7);
        }
      }
    },
  );
});

const stepsPerEpoch = 5;
const epochs = 12;

const ratesOf = (schedule: ScheduleRecipe, count = epochs * stepsPerEpoch): readonly number[] => {
  const optimizer = { ...defaultOptimizerRecipe("sgd"), learningRate: 0.4 };
  const rate = new LearningRate({ ...defaultRecipe(), optimizer, schedule, epochs }, stepsPerEpoch);
  return Array.from({ length: count }, (_, index) => rate.at(index + 1));
};

function expectClose(actual: readonly number[], expected: readonly number[] | undefined): void {
  expect(actual).toHaveLength(expected?.length ?? -1);
  for (const [index, rate] of (expected ?? []).entries()) {
    expect(actual[index], `step ${index + 1}`).toBeCloseTo(rate, 6);
  }
}

const kerasSchedules: readonly (readonly [ScheduleRecipe, Made])[] = [
  [
    { ...defaultScheduleRecipe("exponential"), factor: 0.8 },
    [
      "ExponentialDecay",
      { initial_learning_rate: 0.4, decay_steps: stepsPerEpoch, decay_rate: 0.8 },
    ],
  ],
  [
    { ...defaultScheduleRecipe("step"), factor: 0.5, every: 3 },
    [
      "ExponentialDecay",
      {
        initial_learning_rate: 0.4,
        decay_steps: 3 * stepsPerEpoch,
        decay_rate: 0.5,
        staircase: true,
      },
    ],
  ],
  [
    { ...defaultScheduleRecipe("cosine"), finalFactor: 0.1 },
    [
      "CosineDecay",
      { initial_learning_rate: 0.4, decay_steps: epochs * stepsPerEpoch, alpha: 0.1 },
    ],
  ],
  [
    { ...defaultScheduleRecipe("cosine"), cycleEpochs: 2, cycleGrowth: 1.5, cycleFactor: 0.8 },
    [
      "CosineDecayRestarts",
      { initial_learning_rate: 0.4, first_decay_steps: 2 * stepsPerEpoch, t_mul: 1.5, m_mul: 0.8 },
    ],
  ],
  [
    { ...defaultScheduleRecipe("cosine"), cycleEpochs: 3, cycleGrowth: 1 },
    [
      "CosineDecayRestarts",
      { initial_learning_rate: 0.4, first_decay_steps: 3 * stepsPerEpoch, t_mul: 1 },
    ],
  ],
];

const losses = [3, 2, 2, 1.99, 1.99, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.4, 1.45, 1.45, 1.5, 1.5, 1.5];

const plateaus = [
  { factor: 0.5, patience: 2, minDelta: 0.05, cooldown: 0, minimumRate: 0 },
  { factor: 0.1, patience: 1, minDelta: 0, cooldown: 2, minimumRate: 0.001 },
  { factor: 0.5, patience: 0, minDelta: 0, cooldown: 0, minimumRate: 0.15 },
];

const stoppings = [
  { monitor: "loss", patience: 3, minDelta: 0.05, restoreBest: true },
  { monitor: "loss", patience: 1, minDelta: 0, restoreBest: false },
  { monitor: "loss", patience: 30, minDelta: 0, restoreBest: true },
  { monitor: "accuracy", patience: 4, minDelta: 0, restoreBest: true },
] as const;

describe.skipIf(missingPython("keras") !== undefined)("schedules are those of Keras", () => {
  it("in every step", async () => {
    const answers = await ask<readonly number[]>(
      "keras",
      "keras_recipes.py",
      kerasSchedules.map(([, [name, options]]) => ({
        ask: "schedule",
        class: name,
        arguments: options,
        steps: epochs * stepsPerEpoch,
      })),
    );
    for (const [index, [schedule]] of kerasSchedules.entries()) {
      expectClose(ratesOf(schedule), answers[index]);
    }
  });

  it("on a plateau", async () => {
    const answers = await ask<readonly number[]>(
      "keras",
      "keras_recipes.py",
      plateaus.map(({ factor, patience, minDelta, cooldown, minimumRate }) => ({
        ask: "plateau",
        arguments: { factor, patience, min_delta: minDelta, cooldown, min_lr: minimumRate },
        rate: 0.4,
        losses,
      })),
    );
    const optimizer = { ...defaultOptimizerRecipe("sgd"), learningRate: 0.4 };
    for (const [index, options] of plateaus.entries()) {
      const schedule = { ...defaultScheduleRecipe("reduceOnPlateau"), ...options };
      const recipe = { ...defaultRecipe(), optimizer, schedule };
      let rate = new LearningRate(recipe, 1);
      const rates = losses.map((loss, epoch) => {
        rate.endEpoch(loss);
        // What was saved goes on as if nothing had been.
        rate = new LearningRate(recipe, 1, rate.toJSON());
        return rate.at(epoch + 2);
      });
      expectClose(rates, answers[index]);
    }
  });

  it("and training stops early where it does there", async () => {
    const values = (monitor: string) => (monitor === "loss" ? losses : losses.map((x) => 1 / x));
    const answers = await ask<{ readonly stopped: number; readonly restored: number }>(
      "keras",
      "keras_recipes.py",
      stoppings.map(({ monitor, patience, minDelta, restoreBest }) => ({
        ask: "stopping",
        arguments: {
          monitor: monitor === "loss" ? "val_loss" : "val_accuracy",
          mode: monitor === "loss" ? "min" : "max",
          patience,
          min_delta: minDelta,
          restore_best_weights: restoreBest,
        },
        values: values(monitor),
      })),
    );
    const ours = stoppings.map((recipe) => {
      const stopping = new EarlyStopping(recipe);
      let stopped = 0;
      for (const [index, value] of values(recipe.monitor).entries()) {
        const epoch = index + 1;
        stopped = epoch;
        const validation = { validationLoss: value, validationAccuracy: value };
        const result = { epoch, step: epoch, loss: 9, accuracy: 0, ...validation };
        if (stopping.endEpoch(result, [Float32Array.of(epoch)])) break;
      }
      return { stopped, restored: stopping.bestWeights?.[0]?.[0] ?? stopped };
    });
    expect(ours).toEqual(answers);
  });
});

const torchSchedules: readonly {
  readonly ours: ScheduleRecipe;
  readonly theirs: readonly Made[];
  readonly milestones?: readonly number[];
}[] = [
  {
    ours: { ...defaultScheduleRecipe("piecewise"), epochs: [2, 7], factor: 0.3 },
    theirs: [
      ["MultiStepLR", { milestones: [2, 7].map((each) => each * stepsPerEpoch), gamma: 0.3 }],
    ],
  },
  {
    ours: { ...defaultScheduleRecipe("step"), every: 4, factor: 0.2 },
    theirs: [["StepLR", { step_size: 4 * stepsPerEpoch, gamma: 0.2 }]],
  },
  {
    ours: defaultScheduleRecipe("oneCycle"),
    theirs: [
      ["OneCycleLR", { max_lr: 0.4, total_steps: epochs * stepsPerEpoch, cycle_momentum: false }],
    ],
  },
  {
    ours: { ...defaultScheduleRecipe("oneCycle"), rise: 0.45, startDivisor: 10, endDivisor: 100 },
    theirs: [
      [
        "OneCycleLR",
        {
          max_lr: 0.4,
          total_steps: epochs * stepsPerEpoch,
          pct_start: 0.45,
          div_factor: 10,
          final_div_factor: 100,
          cycle_momentum: false,
        },
      ],
    ],
  },
  {
    ours: { ...defaultScheduleRecipe("cosine"), warmupEpochs: 2 },
    theirs: [
      ["LinearLR", { start_factor: 0.1, total_iters: 2 * stepsPerEpoch - 1 }],
      ["CosineAnnealingLR", { T_max: (epochs - 2) * stepsPerEpoch }],
    ],
    milestones: [2 * stepsPerEpoch],
  },
];

describe.skipIf(missingPython("torchvision") !== undefined)(
  "schedules are those of PyTorch",
  () => {
    it("in every step", async () => {
      const answers = await ask<readonly number[]>(
        "torchvision",
        "torch_schedules.py",
        torchSchedules.map(({ theirs, milestones = [] }) => ({
          schedules: theirs,
          milestones,
          rate: 0.4,
          steps: epochs * stepsPerEpoch,
        })),
      );
      for (const [index, { ours }] of torchSchedules.entries()) {
        expectClose(ratesOf(ours), answers[index]);
      }
    });
  },
);
