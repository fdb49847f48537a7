import { describe, expect, it } from "vitest";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { continueRun, MOST_POINTS, noRun } from "../../webview/state/trainingRun.ts";
import {
  logarithmicLines,
  logarithmicRange,
  shareRange,
} from "../../webview/training/valueRange.ts";
import { curvesOf, readingAt } from "../../webview/training/curves.ts";
import { earlyWords } from "../../webview/training/EarlyEnding.tsx";
import { axisEnd, epochLines } from "../../webview/training/epochAxis.ts";

const progress = (step: number): TrainerEvent => ({
  type: "progress",
  points: [{ step, loss: 1 / step, accuracy: 0.5 }],
  epoch: 1,
  step,
  imagesPerSecond: 1000,
  secondsElapsed: 1,
  secondsLeft: 1,
});

const epoch = (number: number, step: number): TrainerEvent => ({
  type: "epoch",
  epoch: number,
  step,
  loss: 0.2,
  accuracy: 0.9,
  validationLoss: 0.25,
  validationAccuracy: 0.88,
  seconds: 1,
});

describe("a run", () => {
  it("keeps its curve bounded and in order however long it is", () => {
    const events = Array.from({ length: 9000 }, (_, index) => progress(index + 1));
    const { points } = continueRun(noRun, events, "running");
    expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(points.at(-1)?.step).toBeGreaterThan(8990);
    expect(points.every(({ step }, index) => step > (points[index - 1]?.step ?? 0))).toBe(true);
  });

  it("stays readable when it has ended", () => {
    const failed: TrainerEvent = { type: "failed", code: "crashed", message: "It died." };
    const run = continueRun(noRun, [progress(1), epoch(1, 1), failed], "ended");
    expect({ points: run.points.length, epochs: run.epochs.length, ending: run.ending }).toEqual({
      points: 1,
      epochs: 1,
      ending: failed,
    });
  });

  it("knows how far its data are loaded until the next thing is done", () => {
    const loading: TrainerEvent = {
      type: "phase",
      phase: "loadingData",
      progress: { done: 3, total: 8 },
    };
    const run = continueRun(noRun, [loading], "running");
    expect(run.phaseProgress).toEqual({ done: 3, total: 8 });
    expect(
      continueRun(run, [{ type: "phase", phase: "loadingEngine" }], "running").phaseProgress,
    ).toBeUndefined();
  });

  it("draws training by step and validation by epoch over one axis", () => {
    const run = continueRun(noRun, [progress(1), progress(2), epoch(1, 2), progress(4)], "running");
    expect(curvesOf(run, "loss")).toEqual({
      steps: [1, 2, 4],
      curves: [
        { key: "training", values: [1, 0.5, 0.25] },
        { key: "validation", values: [null, 0.25, null] },
      ],
    });
  });

  it("is read where the pointer is, with the validation of the epoch before", () => {
    const run = continueRun(noRun, [progress(1), progress(2), epoch(1, 2), progress(4)], "running");
    const loss = curvesOf(run, "loss");
    expect([0, 1, 2, 3].map((index) => readingAt(loss, index))).toEqual([
      { step: 1, training: 1, validation: undefined },
      { step: 2, training: 0.5, validation: 0.25 },
      { step: 4, training: 0.25, validation: 0.25 },
      undefined,
    ]);
  });

  it("leaves a gap where a loss is not finite", () => {
    const run = continueRun(
      noRun,
      [{ ...progress(1), points: [{ step: 1, loss: Number.NaN, accuracy: 0 }] } as TrainerEvent],
      "running",
    );
    expect(curvesOf(run, "loss").curves[0]?.values).toEqual([null]);
  });
});

describe("early stopping", () => {
  const started: TrainerEvent = {
    type: "started",
    engine: { name: "wasm", detail: "SIMD" },
    dataset: "mnist",
    trainingImages: 100,
    validationImages: 10,
    testImages: 10,
    epochs: 60,
    stepsPerEpoch: 10,
    batchSize: 10,
    optimizer: "Adam",
  };
  const wordsOf = (epochs: number, bestEpoch?: number): string | undefined =>
    earlyWords(
      continueRun(
        noRun,
        [
          started,
          {
            type: "finished",
            reason: "completed",
            epochs,
            ...(bestEpoch !== undefined && { bestEpoch }),
            seconds: 1,
            imagesPerSecond: 1,
          },
        ],
        "ended",
      ),
    );

  it("says what it did", () => {
    expect([wordsOf(33, 31), wordsOf(33), wordsOf(60, 58), wordsOf(60)]).toEqual([
      "Early stopping ended it after 33 of 60 epochs, with the weights of epoch 31, the best.",
      "Early stopping ended it after 33 of 60 epochs.",
      "The weights are those of epoch 58, the best.",
      undefined,
    ]);
  });
});

describe("the axes", () => {
  it("show the end of a run, not only its steep start", () => {
    const accuracies = Array.from({ length: 400 }, (_, step) => 0.99 - 0.9 * Math.exp(-step / 4));
    const { min, max } = shareRange(accuracies);
    expect([min > 0.9, max <= 1, max > 0.99]).toEqual([true, true, true]);
  });

  it("end where a short run is planned to, and a little beyond what a long one has reached", () => {
    const ends = [
      [0, 3],
      [1.2, 5],
      [0.1, 100],
      [23, 3000],
      [147, 3000],
      [2999, 3000],
      [12, 12],
    ].map(([reached = 0, planned = 0]) => axisEnd(reached, planned));
    expect(ends).toEqual([3, 5, 5, 50, 200, 3000, 12]);
  });

  it("have round epochs, and not more than there is room for", () => {
    expect(epochLines(1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(epochLines(5, 4)).toEqual([0, 2, 4]);
    expect(epochLines(151, 4)).toEqual([0, 50, 100, 150]);
    expect(epochLines(3000, 4)).toEqual([0, 1000, 2000, 3000]);
  });

  it("have few, round lines on a logarithmic scale", () => {
    expect(logarithmicLines(logarithmicRange([0.042, 0, 2.3]))).toEqual([
      0.05, 0.1, 0.2, 0.5, 1, 2,
    ]);
    expect(logarithmicLines({ min: 0.0004, max: 90 })).toEqual([0.001, 0.01, 0.1, 1, 10]);
  });
});
