import { Icon } from "../app/Icon.tsx";
import { useApplication } from "../state/context.ts";
import { canResume, type TrainingRun } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** Goes on with the run of this design that was left unfinished. */
export function ResumeButton() {
  const application = useApplication();
  return (
    <button
      type="button"
      className="button"
      data-testid="resume-training"
      onClick={() => application.send({ type: "resumeTraining" })}
    >
      <Icon name="debug-continue" /> {t("Resume Training")}
    </button>
  );
}

/** The way on with a run that was left before it was done; a failure has it among its own. */
export function Unfinished({ run }: { readonly run: TrainingRun }) {
  return run.ending?.type === "finished" && canResume(run) ? (
    <div className="training-actions">
      <ResumeButton />
    </div>
  ) : null;
}
