import { useMemo } from "react";
import { designMark } from "../../src/core/design/designMark.ts";
import { Icon } from "../app/Icon.tsx";
import { useAppState } from "../state/context.ts";
import { canResume, type TrainingRun } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** Says that the curves are not those of the design as it stands. */
export function ChangedSince({ run }: { readonly run: TrainingRun }) {
  const design = useAppState((state) => state.drawn.parsed.design);
  const mark = useMemo(() => designMark(design), [design]);
  const trained = run.started?.design;
  // A search for a learning rate is over as soon as its answer is written into the design.
  if (trained === undefined || trained === mark || run.rates !== undefined) {
    return null;
  }
  return (
    <p className="changed-since" role="status" data-testid="changed-since">
      <Icon name="info" />{" "}
      {canResume(run)
        ? t("The design has been changed since; resuming goes on with the design as it was.")
        : t("The design has been changed since this training began.")}
    </p>
  );
}
