import type { ScheduleRecipe } from "../../core/design/training.ts";

/** Sizes of a training that a schedule depends on. */
export interface ScheduleSpan {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/** What the learning rate is multiplied by in a step, counted from 1; a plateau's own changes come on top. */
export function scheduledFactor(
  schedule: ScheduleRecipe,
  { epochs, stepsPerEpoch }: ScheduleSpan,
  step: number,
): number {
  const warmup = Math.round(schedule.warmupEpochs * stepsPerEpoch);
  if (step <= warmup) return step / warmup;
  // The schedules count from 0, as Keras and PyTorch do, and begin when the rate has climbed.
  const done = step - warmup - 1;
  const steps = Math.max(1, epochs * stepsPerEpoch - warmup);
  switch (schedule.type) {
    case "constant":
    case "reduceOnPlateau":
      return 1;
    case "step":
      return schedule.factor ** Math.floor(done / (schedule.every * stepsPerEpoch));
    case "piecewise":
      return (
        schedule.factor ** schedule.epochs.filter((epoch) => done >= epoch * stepsPerEpoch).length
      );
    case "exponential":
      return schedule.factor ** (done / stepsPerEpoch);
    case "cosine":
      return cosine(schedule, done, steps, stepsPerEpoch);
    case "oneCycle":
      return oneCycle(schedule, done, steps);
  }
}

type Cosine = Extract<ScheduleRecipe, { type: "cosine" }>;

/** Keras's CosineDecay, and its CosineDecayRestarts where a cycle has a length. */
function cosine(
  { finalFactor, cycleEpochs, cycleGrowth, cycleFactor }: Cosine,
  done: number,
  steps: number,
  stepsPerEpoch: number,
): number {
  const { cycle, share } =
    cycleEpochs === 0
      ? { cycle: 0, share: Math.min(1, done / steps) }
      : cycleAt(done / (cycleEpochs * stepsPerEpoch), cycleGrowth);
  const height = 0.5 * cycleFactor ** cycle * (1 + Math.cos(Math.PI * share));
  return (1 - finalFactor) * height + finalFactor;
}

/** Number of the cycle and the share of it that is done; `time` in lengths of the first. */
function cycleAt(time: number, growth: number): { readonly cycle: number; readonly share: number } {
  let [cycle, length, left] = [0, 1, time];
  while (left >= length) {
    left -= length;
    length *= growth;
    cycle += 1;
  }
  return { cycle, share: left / length };
}

type OneCycle = Extract<ScheduleRecipe, { type: "oneCycle" }>;

/** PyTorch's OneCycleLR with `anneal_strategy="cos"` and without a cycle of the momentum. */
function oneCycle(
  { rise, startDivisor, endDivisor }: OneCycle,
  done: number,
  steps: number,
): number {
  const start = 1 / startDivisor;
  const peak = rise * steps - 1;
  if (done <= peak) return between(start, 1, done / peak);
  return between(1, start / endDivisor, Math.min(1, (done - peak) / (steps - 1 - peak)));
}

/** From one value to another along half a cosine. */
const between = (from: number, to: number, share: number): number =>
  to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
