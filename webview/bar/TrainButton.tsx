import { Icon } from "../app/Icon.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { isUnderWay } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** Starts the training of this design, or stops the one that runs. */
export function TrainButton() {
  const application = useApplication();
  const status = useAppState((state) => state.training.status);
  const isRunning = isUnderWay({ status });
  const press = (): void => {
    if (isRunning) {
      application.send({ type: "stopTraining" });
    } else {
      application.setView({ hasTraining: true });
      application.send({ type: "train" });
    }
  };
  return (
    <button
      type="button"
      className={isRunning ? "button secondary" : "button"}
      disabled={isRunning && status !== "running"}
      data-testid="train"
      onClick={press}
    >
      <Icon name={isRunning ? "debug-stop" : "play"} />
      {isRunning ? t("Stop") : t("Train")}
    </button>
  );
}
