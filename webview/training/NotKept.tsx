import { Icon } from "../app/Icon.tsx";
import type { TrainingRun } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** Says of a training that leaves no run that what it learns is lost. */
export function NotKept({ run: { started, rates } }: { readonly run: TrainingRun }) {
  return started === undefined || started.isKept === true || rates !== undefined ? null : (
    <p className="changed-since" data-testid="not-kept">
      <Icon name="info" />{" "}
      {t("What it learns is not kept, because the design is not saved. Save it and train again.")}
    </p>
  );
}
