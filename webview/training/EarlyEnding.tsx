import type { TrainingRun } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** What early stopping did, in a sentence; `undefined` where it did nothing. */
export function earlyWords({
  started,
  ending,
  rates,
}: Pick<TrainingRun, "started" | "ending" | "rates">): string | undefined {
  if (
    ending?.type !== "finished" ||
    ending.reason !== "completed" ||
    started === undefined ||
    rates !== undefined
  ) {
    return undefined;
  }
  const { epochs, bestEpoch } = ending;
  const isEarly = epochs < started.epochs;
  if (bestEpoch === undefined) {
    return isEarly
      ? t("Early stopping ended it after {0} of {1} epochs.", epochs, started.epochs)
      : undefined;
  }
  return isEarly
    ? t(
        "Early stopping ended it after {0} of {1} epochs, with the weights of epoch {2}, the best.",
        epochs,
        started.epochs,
        bestEpoch,
      )
    : t("The weights are those of epoch {0}, the best.", bestEpoch);
}

/** Says why a training has fewer epochs than planned, and which weights it has. */
export function EarlyEnding({ run }: { readonly run: TrainingRun }) {
  const words = earlyWords(run);
  return words === undefined ? null : <p className="early-ending quiet">{words}</p>;
}
