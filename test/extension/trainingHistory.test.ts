import { describe, expect, it } from "vitest";
import type { TrainerEvent, TrainingPoint } from "../../src/protocol/trainer.ts";
import { thinPoints, TrainingHistory } from "../../src/extension/training/trainingHistory.ts";

const progress = (points: readonly TrainingPoint[], epoch = 1): TrainerEvent => ({
  type: "progress",
  points,
  epoch,
  step: points.at(-1)?.step ?? 0,
  imagesPerSecond: 1000,
  secondsElapsed: 1,
  secondsLeft: 9,
});
const epoch = (number: number): TrainerEvent => ({
  type: "epoch",
  epoch: number,
  step: number * 10,
  loss: 1,
  accuracy: 0.5,
  seconds: 1,
});

/** Sum over the steps of what a curve says of them. */
function integral(points: readonly TrainingPoint[]): number {
  return points.reduce(
    (sum, { step, loss }, index) => sum + loss * (step - (points[index - 1]?.step ?? 0)),
    0,
  );
}

describe("what a run has said", () => {
  it("keeps every epoch and the ending, and one progress event with all points", () => {
    const history = new TrainingHistory();
    const points = [1, 2, 3, 4].map((step) => ({ step, loss: step, accuracy: 0.1 }));
    const finished: TrainerEvent = {
      type: "finished",
      reason: "completed",
      epochs: 2,
      testAccuracy: 0.98,
      seconds: 2,
      imagesPerSecond: 1000,
    };
    for (const event of [
      { type: "phase", phase: "loadingData" },
      { type: "phase", phase: "training" },
      progress(points.slice(0, 2)),
      epoch(1),
      progress(points.slice(2), 2),
      epoch(2),
      finished,
    ] satisfies TrainerEvent[]) {
      history.add(event);
    }
    expect(history.events).toEqual([
      { type: "phase", phase: "training" },
      epoch(1),
      epoch(2),
      { ...progress(points, 2), step: 4 },
      finished,
    ]);
  });

  it("keeps bounded points of a run of any length", () => {
    const history = new TrainingHistory();
    for (let step = 1; step <= 50_000; step++) {
      history.add(progress([{ step, loss: 1 / step, accuracy: 0.5 }]));
    }
    const kept = history.events[0];
    const points = kept?.type === "progress" ? kept.points : [];
    expect([points.length <= 2000, points.length >= 1000, points.at(-1)?.step]).toEqual([
      true,
      true,
      50_000,
    ]);
  });

  it("thins points to means over the steps they stand for", () => {
    const points = [1, 2, 5, 11, 12].map((step) => ({ step, loss: step * step, accuracy: 1 }));
    const thinned = thinPoints(points);
    expect(thinned.map(({ step }) => step)).toEqual([2, 11, 12]);
    expect(integral(thinned)).toBeCloseTo(integral(points), 9);
  });
});
