import type uPlot from "uplot";
import type { ComparedRun } from "../../src/protocol/comparison.ts";

/** Steps and values of one curve, by epochs. */
export interface ComparedCurve {
  readonly epochs: readonly number[];
  readonly values: readonly number[];
}

/** A curve on the validation images by epochs where there is one, else on the training images by points. */
export function comparedCurve(
  { points, epochs, stepsPerEpoch }: ComparedRun,
  measure: "loss" | "accuracy",
): ComparedCurve {
  const validated = epochs.flatMap((one) => {
    const value = measure === "loss" ? one.validationLoss : one.validationAccuracy;
    return value === undefined ? [] : [{ at: one.epoch, value }];
  });
  const all =
    validated.length > 1
      ? validated
      : points.map((point) => ({ at: point.step / stepsPerEpoch, value: point[measure] }));
  return { epochs: all.map(({ at }) => at), values: all.map(({ value }) => value) };
}

/** What a curve says at an epoch, or at its end; `undefined` before it begins and after it has ended. */
export function valueAt(
  { epochs, values }: ComparedCurve,
  epoch: number | undefined,
): number | undefined {
  if (epoch === undefined) {
    return values.at(-1);
  }
  return epoch > (epochs.at(-1) ?? 0)
    ? undefined
    : values[epochs.findLastIndex((one) => one <= epoch)];
}

/** Curves of different lengths over one axis, as uPlot takes them. */
export function aligned(curves: readonly ComparedCurve[]): uPlot.AlignedData {
  const places = [...new Set(curves.flatMap(({ epochs }) => epochs))].toSorted((a, b) => a - b);
  return [
    places,
    ...curves.map(({ epochs, values }) => {
      const byPlace = new Map(epochs.map((epoch, index) => [epoch, values[index]]));
      return places.map((place) => byPlace.get(place) ?? null);
    }),
  ];
}
