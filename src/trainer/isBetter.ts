import type { EpochResult } from "../protocol/run.ts";

/**
 * True where an epoch is better than the best so far: by accuracy on the validation images, where equal by their loss;
 * without such images by the training loss.
 */
export function isBetter(result: EpochResult, best: EpochResult | undefined): boolean {
  if (best === undefined) {
    return true;
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
