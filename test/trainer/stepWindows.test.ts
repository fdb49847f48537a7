import { describe, expect, it } from "vitest";
import { StepWindows } from "../../src/trainer/stepWindows.ts";

/** Adds steps of these seconds until it is enough; how many there were, and what came out. */
function measure(secondsOf: (step: number) => number, images = 10) {
  const windows = new StepWindows();
  let step = 0;
  while (!windows.isEnough) {
    step += 1;
    windows.add(secondsOf(step), images);
  }
  return { step, pace: windows.pace };
}

describe("windows of steps", () => {
  it("leave out a slow beginning, and end after five", () => {
    const { step, pace } = measure((each) => (each <= 3 ? 0.5 : 0.25));
    expect({ step, pace }).toEqual({
      step: 3 + 5 * 3,
      pace: { imagesPerSecond: 40, stepSeconds: 0.25, steps: 15, windows: 5 },
    });
  });

  it("do not count one slow moment", () => {
    const { pace } = measure((each) => (each === 10 ? 3 : 0.25));
    expect([pace?.imagesPerSecond, pace?.windows]).toEqual([40, 5]);
  });

  it("are fewer where steps are long", () => {
    expect(measure(() => 8)).toEqual({
      step: 3,
      pace: { imagesPerSecond: 1.25, stepSeconds: 8, steps: 1, windows: 1 },
    });
  });

  it("tell nothing before the first is complete", () => {
    const windows = new StepWindows();
    windows.add(2, 10);
    expect([windows.isEnough, windows.pace]).toEqual([false, undefined]);
  });
});
