import type { TrainingRun } from "../state/trainingRun.ts";
import { formatLoss, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";

/** How the trained network does on images it has never seen; stays when the run has ended. */
export function TestResult({ run: { ending } }: { readonly run: TrainingRun }) {
  if (ending?.type !== "finished" || ending.testAccuracy === undefined) {
    return null;
  }
  return (
    <div className="test-result">
      <b data-testid="test-accuracy">{formatShare(ending.testAccuracy)}</b>
      <span>
        {t("test accuracy")}
        {ending.testLoss === undefined ? "" : t(", loss {0}", formatLoss(ending.testLoss))}
      </span>
    </div>
  );
}
