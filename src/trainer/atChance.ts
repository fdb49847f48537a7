import { t } from "../core/text/t.ts";

/** What an epoch of training came to, and what it was trained on. */
interface Trained {
  /** Share of the training images that were told right. */
  readonly accuracy: number;
  readonly images: number;
  readonly classes: number;
  readonly epoch: number;
  readonly learningRate: number;
}

/**
 * Says that a network guesses after an epoch in which it should have learnt; `undefined` where it does better. Among `k`
 * classes of the same size a guess is right with probability 1 / k; within two standard deviations of that mean over
 * the images of the epoch nothing was learnt.
 */
export function atChance({
  accuracy,
  images,
  classes,
  epoch,
  learningRate,
}: Trained): string | undefined {
  const chance = 1 / classes;
  const deviation = Math.sqrt((chance * (1 - chance)) / images);
  return classes < 3 || accuracy > chance + 2 * deviation
    ? undefined
    : t(
        "After epoch {0} the network still guesses: its accuracy is {1} %, as by chance among {2} classes. Try a smaller learning rate (it is {3}) or the command Find Learning Rate, and see with Inspect Data Set whether the labels are right.",
        epoch,
        (100 * accuracy).toFixed(1),
        classes,
        Number(learningRate.toPrecision(3)),
      );
}
