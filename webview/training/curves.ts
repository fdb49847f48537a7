import type { TrainingRun } from "../state/trainingRun.ts";

/** One line of a chart; `undefined` where it has no value at that step. */
export interface Curve {
  readonly key: "training" | "validation";
  readonly values: readonly (number | null)[];
}

/** Curves over the same steps, as uPlot takes them. */
export interface Curves {
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
}

interface Values {
  training: number | null;
  validation: number | null;
}

/** The training curve by points and the validation curve by epochs, over one axis of steps. */
export function curvesOf(run: TrainingRun, measure: "loss" | "accuracy"): Curves {
  const byStep = new Map<number, Values>();
  for (const point of run.points) {
    byStep.set(point.step, { training: point[measure], validation: null });
  }
  for (const epoch of run.epochs) {
    const validation = measure === "loss" ? epoch.validationLoss : epoch.validationAccuracy;
    const known = byStep.get(epoch.step);
    const training = known?.training ?? (run.points.length === 0 ? epoch[measure] : null);
    byStep.set(epoch.step, { training, validation: validation ?? null });
  }
  const entries = [...byStep].toSorted(([a], [b]) => a - b);
  const finite = (value: number | null): number | null =>
    value !== null && Number.isFinite(value) ? value : null;
  return {
    steps: entries.map(([step]) => step),
    curves: [
      { key: "training", values: entries.map(([, { training }]) => finite(training)) },
      { key: "validation", values: entries.map(([, { validation }]) => finite(validation)) },
    ],
  };
}

/** What the curves say at one of their steps; the validation of the epoch that ended last. */
export interface Reading {
  readonly step: number;
  readonly training: number | undefined;
  readonly validation: number | undefined;
}

/** Reads the curves at the step with this index; `undefined` where there is none. */
export function readingAt({ steps, curves }: Curves, index: number): Reading | undefined {
  const step = steps[index];
  const lastOf = (key: Curve["key"]): number | undefined =>
    curves
      .find((curve) => curve.key === key)
      ?.values.slice(0, index + 1)
      .findLast((value) => value !== null) ?? undefined;
  return step === undefined
    ? undefined
    : { step, training: lastOf("training"), validation: lastOf("validation") };
}
