import {
  defaultOptimizerRecipe,
  defaultRecipe,
  defaultScheduleRecipe,
} from "../../src/core/design/parseTraining.ts";
import { describe, expect, it } from "vitest";
import type { TrainingRecipe } from "../../src/core/design/training.ts";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import {
  type Batch,
  EngineError,
  type EngineSession,
  type StepOptions,
  type StepResult,
} from "../../src/trainer/engines/engine.ts";
import type { Dataset } from "../../src/trainer/datasets/dataset.ts";
import { type LoopState, parseLoopState } from "../../src/trainer/loopState.ts";
import { type Kept, type LoopOptions, runLoop } from "../../src/trainer/loop.ts";
import type { TrainingFailure } from "../../src/trainer/trainingFailure.ts";

const recipe: TrainingRecipe = {
  dataset: { type: "synthetic" },
  ...defaultRecipe(),
  optimizer: { ...defaultOptimizerRecipe("sgd"), learningRate: 0.5, momentum: 0, nesterov: false },
  loss: "categoricalCrossentropy",
  batchSize: 10,
  epochs: 3,
  validationSplit: 0.2,
  seed: 1,
};

const examples = (count: number, classes = 2): Dataset["training"] => ({
  count,
  write(index, images, labels, position) {
    images[position] = index;
    labels[classes * position + (index % classes)] = 1;
  },
});

const dataset: Dataset = {
  name: "numbers",
  imageShape: [1],
  classes: 2,
  notes: [],
  training: examples(65),
  test: examples(12),
};

/** A session whose results are a script of the step. */
class ScriptedSession implements EngineSession {
  timing: EngineSession["timing"];
  readonly trained: number[][] = [];
  readonly evaluated: number[][] = [];
  weights: readonly Float32Array[] = [Float32Array.of(1)];
  readonly #script: (step: number) => StepResult;

  constructor(script: (step: number) => StepResult) {
    this.#script = script;
  }

  async trainStep({ images }: Batch, { step }: StepOptions): Promise<StepResult> {
    this.trained.push([...images]);
    return this.#script(step);
  }
  async evaluate({ images }: Batch): Promise<StepResult> {
    this.evaluated.push([...images]);
    return { loss: 0.25, accuracy: images.length === 10 ? 1 : 0 };
  }
  async getWeights() {
    return this.weights;
  }
  async setWeights(_weights: readonly Float32Array[]) {}
  async setSlots() {}
  async getSlots() {
    return [];
  }
  async predict() {
    return new Float32Array();
  }
  async gradients() {
    return { loss: 0, gradients: [] };
  }
  async diagnose() {
    return new Float32Array();
  }
  dispose() {}
}

async function run(
  session: EngineSession,
  change: Partial<LoopOptions> = {},
): Promise<{ readonly events: readonly TrainerEvent[]; readonly ending: TrainerEvent }> {
  const events: TrainerEvent[] = [];
  const ending = await runLoop({
    session,
    dataset,
    recipe,
    stop: new AbortController().signal,
    emit: (event) => events.push(event),
    weightNames: ["c1/kernel"],
    ...change,
  });
  return { events, ending };
}

const ofType = <K extends TrainerEvent["type"]>(events: readonly TrainerEvent[], type: K) =>
  events.filter((event): event is TrainerEvent & { readonly type: K } => event.type === type);

describe("runLoop", () => {
  it("trains every epoch on the same images in another order, and validates on the others", async () => {
    const session = new ScriptedSession((step) => ({ loss: 1 / step, accuracy: 0.5 }));
    const { events, ending } = await run(session);
    const epochs = [0, 1, 2].map((epoch) => session.trained.slice(6 * epoch, 6 * epoch + 6).flat());
    const sets = epochs.map((images) => images.toSorted((a, b) => a - b));
    expect(session.trained).toHaveLength(18);
    expect(epochs[0]).toHaveLength(52);
    expect(sets[1]).toEqual(sets[0]);
    expect(epochs[1]).not.toEqual(epochs[0]);
    const validated = session.evaluated.slice(0, 2).flat();
    expect(validated).toHaveLength(13);
    expect(validated.filter((image) => epochs[0]!.includes(image))).toEqual([]);
    expect(ofType(events, "epoch").map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 6],
      [2, 12],
      [3, 18],
    ]);
    expect(ofType(events, "epoch")[0]).toMatchObject({
      validationLoss: 0.25,
      // 10 of 13 images were right.
      validationAccuracy: 10 / 13,
    });
    expect(ending).toMatchObject({
      type: "finished",
      reason: "completed",
      epochs: 3,
      testLoss: 0.25,
      testAccuracy: 10 / 12,
    });
  });

  it("reports every step in exactly one point, as the mean since the last", async () => {
    const session = new ScriptedSession((step) => ({ loss: step, accuracy: 0 }));
    const { events } = await run(session);
    const points = ofType(events, "progress").flatMap((event) => event.points);
    let before = 0;
    for (const { step, loss } of points) {
      expect(loss).toBeCloseTo((before + 1 + step) / 2, 6);
      before = step;
    }
    expect(before).toBe(18);
    for (const event of ofType(events, "progress")) {
      expect(event.secondsLeft).toBeGreaterThanOrEqual(0);
      expect(event.imagesPerSecond).toBeGreaterThan(0);
    }
  });

  it("weighs the mean of an epoch by images", async () => {
    // The sixth batch has 2 images only.
    const session = new ScriptedSession((step) => ({ loss: step === 6 ? 27 : 1, accuracy: 1 }));
    const { events } = await run(session, { recipe: { ...recipe, epochs: 1 } });
    expect(ofType(events, "epoch")[0]!.loss).toBeCloseTo(2, 6);
  });

  it("follows the schedule, and says the rate", async () => {
    const rates: number[] = [];
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    const trainStep = session.trainStep.bind(session);
    session.trainStep = (batch, options: StepOptions) => {
      rates.push(options.learningRate);
      return trainStep(batch, options);
    };
    const schedule = { ...defaultScheduleRecipe("step"), factor: 0.1, every: 1, warmupEpochs: 1 };
    const { events } = await run(session, { recipe: { ...recipe, schedule } });
    expect(rates.slice(0, 6).map((rate) => rate / 0.5)).toEqual(
      [1, 2, 3, 4, 5, 6].map((step) => expect.closeTo(step / 6, 10) as number),
    );
    expect(rates.slice(6, 12)).toEqual(Array.from({ length: 6 }, () => 0.5));
    expect(ofType(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([
      0.5,
      0.5,
      expect.closeTo(0.05, 10),
    ]);
    expect(ofType(events, "progress").at(-1)?.points[0]?.learningRate).toBeCloseTo(0.05, 10);
  });

  it("lowers the rate on a plateau of the validation loss", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    const schedule = { ...defaultScheduleRecipe("reduceOnPlateau"), patience: 2, factor: 0.5 };
    const { events } = await run(session, { recipe: { ...recipe, schedule, epochs: 5 } });
    expect(ofType(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([
      0.5, 0.5, 0.5, 0.25, 0.25,
    ]);
  });

  it("ends early, with the weights of the best epoch", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    let epoch = 0;
    session.getWeights = async () => [Float32Array.of((epoch += 1))];
    const set: number[] = [];
    session.setWeights = async (weights: readonly Float32Array[]) =>
      void set.push(...(weights[0] ?? []));
    const earlyStopping = {
      monitor: "loss",
      patience: 2,
      minDelta: 0,
      restoreBest: true,
    } as const;
    const { events, ending } = await run(session, {
      recipe: { ...recipe, earlyStopping, epochs: 9 },
    });
    expect(ofType(events, "epoch")).toHaveLength(3);
    expect(ending).toMatchObject({ reason: "completed", epochs: 3, bestEpoch: 1 });
    expect(set).toEqual([1]);
  });

  it("stops before the next batch", async () => {
    const stop = new AbortController();
    const session = new ScriptedSession((step) => {
      if (step === 8) stop.abort();
      return { loss: 1, accuracy: 0 };
    });
    const { events, ending } = await run(session, { stop: stop.signal });
    expect(session.trained).toHaveLength(8);
    expect(ending).toMatchObject({ type: "finished", reason: "stopped", epochs: 1 });
    expect(ending).not.toHaveProperty("testAccuracy");
    expect(ofType(events, "progress").at(-1)!.step).toBe(8);
  });

  it("stops during validation and testing too", async () => {
    for (const stopAt of [1, 7]) {
      const stop = new AbortController();
      const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
      const evaluate = session.evaluate.bind(session);
      session.evaluate = (batch) => {
        if (session.evaluated.length + 1 === stopAt) stop.abort();
        return evaluate(batch);
      };
      const { ending } = await run(session, { stop: stop.signal });
      expect(session.evaluated).toHaveLength(stopAt);
      expect(ending).toMatchObject({ reason: "stopped", epochs: stopAt === 1 ? 0 : 3 });
    }
  });

  it("lets messages in between batches", async () => {
    const stop = new AbortController();
    const session = new ScriptedSession((step) => {
      if (step === 3) setTimeout(() => stop.abort(), 0);
      // A batch blocks, as the native engine does.
      const end = performance.now() + 3;
      while (performance.now() < end);
      return { loss: 1, accuracy: 0 };
    });
    await run(session, { stop: stop.signal });
    expect(session.trained.length).toBeLessThanOrEqual(5);
  });

  it("says at which step the loss went, where it went first, and what to try", async () => {
    const session = new ScriptedSession((step) => {
      if (step === 9) throw new EngineError("notFinite", "the loss is not finite");
      return { loss: 1, accuracy: 0 };
    });
    const failure = await run(session, {
      whereNotFinite: async ({ size }, step) => `${size} images of step ${step} broke c1.`,
    }).catch((error: unknown) => error);
    expect((failure as TrainingFailure).toEvent()).toEqual({
      type: "failed",
      code: "notFinite",
      message:
        "The loss is not finite at step 9 of epoch 2, so the training was stopped. 10 images of step 9 broke c1.",
      hint: "Try a smaller learning rate (it is 0.5), for example 0.05.",
    });
  });

  it("keeps no checkpoint of weights that are not finite", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    session.weights = [Float32Array.of(1, Number.NEGATIVE_INFINITY)];
    const kept: number[] = [];
    const keep = async ({ state }: Kept) => void kept.push(state.epoch);
    const failure = await run(session, {
      keeper: { isDue: () => false, keep, keepEpoch: keep },
    }).catch((error: unknown) => error);
    expect((failure as Error).message).toBe(
      "The weight c1/kernel is not finite after step 6, at the end of epoch 1, so the training was stopped.",
    );
    expect(kept).toEqual([]);
  });

  it("goes on from wherever it was kept, with the same batches and the same results", async () => {
    const script = (step: number) => ({ loss: 1 / step, accuracy: step / 100 });
    const whole = new ScriptedSession(script);
    const kept: LoopState[] = [];
    const keep = async ({ state }: Kept) => void kept.push(state);
    const { events } = await run(whole, { keeper: { isDue: () => true, keep, keepEpoch: keep } });
    const results = (all: readonly TrainerEvent[]) =>
      ofType(all, "epoch").map(({ seconds: _, ...result }) => result);
    const steps = ofType(events, "progress").flatMap(({ points }) =>
      points.map(({ step }) => step),
    );
    // After every step, at the end of every epoch, and at the end of all.
    expect(kept.map(({ step }) => step)).toEqual([
      1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 18, 18,
    ]);
    expect(steps).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    for (const state of kept) {
      const from = parseLoopState(JSON.stringify(state))!;
      const session = new ScriptedSession(script);
      const rest = await run(session, { from });
      expect(session.trained).toEqual(whole.trained.slice(state.step));
      expect(results(rest.events)).toEqual(results(events).slice(state.epoch));
      expect(rest.ending).toMatchObject({ reason: "completed", epochs: 3 });
    }
  });

  it("says why it was ended", async () => {
    const reasons = await Promise.all(
      ["paused", "interrupted", undefined].map(async (reason) => {
        const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
        const { ending } = await run(session, { stop: AbortSignal.abort(reason) });
        return (ending as { readonly reason: string }).reason;
      }),
    );
    expect(reasons).toEqual(["paused", "interrupted", "stopped"]);
  });

  it("leaves validation out of the events where there is none", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    const { events } = await run(session, { recipe: { ...recipe, validationSplit: 0 } });
    expect(ofType(events, "epoch")[0]).not.toHaveProperty("validationLoss");
  });

  it("takes the whole data set as one batch", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    await run(session, { recipe: { ...recipe, batchSize: "full", epochs: 2 } });
    expect(session.trained.map((images) => images.length)).toEqual([52, 52]);
  });

  it("takes a batch larger than the data set as all of it", async () => {
    const session = new ScriptedSession(() => ({ loss: 1, accuracy: 0 }));
    await run(session, { recipe: { ...recipe, batchSize: 4096, epochs: 1 } });
    expect(session.trained.map(({ length }) => length)).toEqual([52]);
  });

  it("says once that a network of many classes guesses, after a hundred steps", async () => {
    // 650 images, 52 batches an epoch: the second epoch ends at step 104.
    const ten: Dataset = { ...dataset, classes: 10, training: examples(650, 10) };
    const noticesOf = async (accuracy: number) => {
      const session = new ScriptedSession(() => ({ loss: 2.3, accuracy }));
      const { events } = await run(session, { dataset: ten });
      return events.flatMap((event, index) =>
        event.type === "notice" ? [[events[index - 1]?.type, event.severity, event.message]] : [],
      );
    };
    expect(await noticesOf(0.1)).toEqual([
      [
        "epoch",
        "warning",
        expect.stringMatching(/^After epoch 2 the network still guesses: its accuracy is 10\.0 %/),
      ],
    ]);
    expect(await noticesOf(0.15)).toEqual([]);
  });
});
