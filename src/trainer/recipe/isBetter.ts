import type { EarlyStoppingRecipe } from "../../core/design/training.ts";
import type { EpochResult } from "../../protocol/run.ts";

/** What an epoch is judged by. */
export type Monitor = Pick<EarlyStoppingRecipe, "monitor" | "minDelta">;

/** The value that a recipe watches: of the validation images, without such images of the training images. */
export function monitored(
  { loss, accuracy, validationLoss, validationAccuracy }: EpochResult,
  { monitor }: Monitor,
): number {
  switch (monitor) {
    case "loss":
      return validationLoss ?? loss;
    case "accuracy":
      return validationAccuracy ?? accuracy;
  }
}

/** True where one watched value is better than another by more than the recipe's smallest difference. */
export function isBetterBy({ monitor, minDelta }: Monitor, value: number, best: number): boolean {
  return monitor === "loss" ? value < best - minDelta : value > best + minDelta;
}

/**
 * True where an epoch is better than the best so far: by what early stopping watches; without early stopping by
 * accuracy on the validation images, where equal by their loss; without such images by the training loss.
 */
export function isBetter(
  result: EpochResult,
  best: EpochResult | undefined,
  monitor?: Monitor,
): boolean {
  if (best === undefined) {
    return true;
  }
  if (monitor !== undefined) {
    return isBetterBy(monitor, monitored(result, monitor), monitored(best, monitor));
  }
  const { validationAccuracy: accuracy, validationLoss: loss } = result;
  const { validationAccuracy: bestAccuracy, validationLoss: bestLoss } = best;
  if (accuracy === undefined || bestAccuracy === undefined) {
    return result.loss < best.loss;
  }
  return accuracy === bestAccuracy
    ? (loss ?? Infinity) < (bestLoss ?? Infinity)
    : accuracy > bestAccuracy;
}
