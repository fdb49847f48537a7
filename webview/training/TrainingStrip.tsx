import { lazy, Suspense, type ReactNode } from "react";
import type {
  EndingReason,
  TrainingFailureCode,
  TrainingPhase,
} from "../../src/protocol/trainer.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { Icon } from "../app/Icon.tsx";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { canResume, isUnderWay, type TrainingRun } from "../state/trainingRun.ts";
import { formatDuration, formatLoss, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { ChangedSince } from "./ChangedSince.tsx";
import { EarlyEnding } from "./EarlyEnding.tsx";
import { FitDesign } from "./FitDesign.tsx";
import { NotKept } from "./NotKept.tsx";
import { Notices } from "./Notices.tsx";
import { ResumeButton, Unfinished } from "./ResumeButton.tsx";
import { TestResult } from "./TestResult.tsx";

// The charts are the only thing that needs uPlot, and most people look at the network first.
const Charts = lazy(async () => ({ default: (await import("./Charts.tsx")).Charts }));

const Compared = lazy(async () => ({ default: (await import("./Compared.tsx")).Compared }));

const phases: Readonly<Record<TrainingPhase, string>> = {
  loadingEngine: "Loading the engine",
  loadingData: "Loading the data",
  compiling: "Compiling the network",
  training: "Training",
  evaluating: "Testing",
  saving: "Writing the checkpoint",
};

const endings: Readonly<Record<EndingReason, readonly [one: string, many: string]>> = {
  completed: ["Trained 1 epoch", "Trained {0} epochs"],
  stopped: ["Stopped after 1 epoch", "Stopped after {0} epochs"],
  paused: ["Paused after 1 epoch", "Paused after {0} epochs"],
  interrupted: ["Interrupted after 1 epoch", "Interrupted after {0} epochs"],
};

/** Of a search for a learning rate that has not failed. */
function rateHeadline(ending: TrainingRun["ending"]): string {
  if (ending?.type !== "finished") {
    return t("Finding a learning rate");
  }
  return ending.suggestedRate === undefined
    ? t("No learning rate made the loss fall")
    : t("Suggested learning rate: {0}", ending.suggestedRate);
}

function headline(run: TrainingRun): string {
  const { status, phase, progress, started, ending } = run;
  if (status === "stopping") {
    return t("Stopping after this batch");
  }
  if (status === "pausing") {
    return t("Pausing after this batch");
  }
  if (ending?.type === "failed") {
    return ending.code === "crashed" ? t("The training process died") : t("Training failed");
  }
  if (run.rates !== undefined) {
    return rateHeadline(ending);
  }
  if (ending?.type === "finished") {
    const [one, many] = endings[ending.reason];
    return ending.epochs === 1 ? t(one) : t(many, ending.epochs);
  }
  if (status === "idle") {
    return t("Not trained yet");
  }
  if (phase === "training" && progress !== undefined && started !== undefined) {
    return t("Epoch {0} of {1}", progress.epoch, started.epochs);
  }
  if (phase === "loadingData" && run.phaseProgress !== undefined) {
    return loadingHeadline(run.phaseProgress);
  }
  return phase === undefined ? t("Starting") : t(phases[phase]);
}

function loadingHeadline({ done, total }: NonNullable<TrainingRun["phaseProgress"]>): string {
  return total > 0
    ? t("Loading the data: {0} of {1}", formatNumber(done), formatNumber(total))
    : t("Loading the data: {0}", formatNumber(done));
}

function shareDone({ started, progress, ending, phaseProgress }: TrainingRun): number | undefined {
  if (ending?.type === "finished" && ending.reason === "completed") {
    return 1;
  }
  if (phaseProgress !== undefined && phaseProgress.total > 0) {
    return phaseProgress.done / phaseProgress.total;
  }
  return started === undefined || progress === undefined
    ? undefined
    : progress.step / Math.max(1, started.stepsPerEpoch * started.epochs);
}

function ProgressLine({ run }: { readonly run: TrainingRun }) {
  const share = shareDone(run);
  const isRunning = isUnderWay(run);
  if (share === undefined && !isRunning) {
    return <div className="progress" />;
  }
  return (
    <div
      className={share === undefined ? "progress is-unknown" : "progress"}
      role="progressbar"
      aria-label={t("Training")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
    >
      <div className="progress-done" style={{ width: `${(share ?? 1) * 100}%` }} />
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly testId?: string;
}

function Row({ name, children, testId }: RowProps) {
  return (
    <div className="reading">
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

function TimeRow({ run }: { readonly run: TrainingRun }) {
  const { progress, ending } = run;
  if (ending?.type === "finished") {
    return <Row name={t("time")}>{formatDuration(ending.seconds)}</Row>;
  }
  return progress === undefined ? null : (
    <Row name={t("elapsed, left")}>
      {formatDuration(progress.secondsElapsed)}, {formatDuration(progress.secondsLeft)}
    </Row>
  );
}

function Readings({ run }: { readonly run: TrainingRun }) {
  const { points, epochs, progress, started, ending } = run;
  const last = points.at(-1);
  const validation = epochs.findLast(({ validationAccuracy: known }) => known !== undefined);
  const rate = ending?.type === "finished" ? ending.imagesPerSecond : progress?.imagesPerSecond;
  return (
    <dl className="readings">
      {last !== undefined && (
        <>
          <Row name={t("loss")} testId="training-loss">
            {formatLoss(last.loss)}
          </Row>
          <Row name={t("accuracy")}>{formatShare(last.accuracy)}</Row>
        </>
      )}
      {validation?.validationAccuracy !== undefined && (
        <Row name={t("validation")} testId="validation">
          {formatShare(validation.validationAccuracy)}
          {validation.validationLoss !== undefined && (
            <span className="quiet">
              {" · "}
              {t("loss {0}", formatLoss(validation.validationLoss))}
            </span>
          )}
        </Row>
      )}
      {last?.learningRate !== undefined && (
        <Row name={t("learning rate")} testId="learning-rate">
          {String(Number(last.learningRate.toPrecision(3)))}
        </Row>
      )}
      {rate !== undefined && rate > 0 && (
        <Row name={t("images per second")} testId="images-per-second">
          {formatNumber(Math.round(rate))}
        </Row>
      )}
      <TimeRow run={run} />
      {started !== undefined && (
        <>
          <Row name={t("data")}>
            {t("{0}, {1} images", started.dataset, formatNumber(started.trainingImages))}
          </Row>
          <Row name={t("engine")}>
            <span title={started.engine.detail}>
              {started.engine.name}, {started.engine.detail}
            </span>
          </Row>
        </>
      )}
    </dl>
  );
}

const offersInstall: ReadonlySet<TrainingFailureCode> = new Set(["engineMissing", "engineFailed"]);

function Failure({ run }: { readonly run: TrainingRun }) {
  const application = useApplication();
  const { ending } = run;
  if (ending?.type !== "failed") {
    return null;
  }
  return (
    <div className="training-failure" role="alert">
      <p>
        <Icon name="error" /> {ending.message}
      </p>
      {ending.hint !== undefined && <p className="quiet">{ending.hint}</p>}
      <div className="training-actions">
        {ending.needs !== undefined && <FitDesign needs={ending.needs} />}
        {offersInstall.has(ending.code) ? (
          <button
            type="button"
            className="button"
            onClick={() => application.send({ type: "installNativeEngine" })}
          >
            {t("Install Native Engine")}
          </button>
        ) : (
          <>
            {canResume(run) && <ResumeButton />}
            <button
              type="button"
              className={canResume(run) ? "button secondary" : "button"}
              onClick={() => application.send({ type: "train" })}
            >
              {t("Start Again")}
            </button>
          </>
        )}
        <button
          type="button"
          className="button secondary"
          onClick={() => application.send({ type: "showLog" })}
        >
          {t("Show Log")}
        </button>
      </div>
    </div>
  );
}

function StripButtons({ run }: { readonly run: TrainingRun }) {
  const application = useApplication();
  const isEnding = run.status !== "running";
  return (
    <span className="strip-buttons">
      {isUnderWay(run) ? (
        <>
          {run.started?.isKept === true && (
            <IconButton
              icon="debug-pause"
              title={t("Pause Training")}
              isDisabled={isEnding}
              testId="pause-training"
              onClick={() => application.send({ type: "pauseTraining" })}
            />
          )}
          <IconButton
            icon="debug-stop"
            title={t("Stop Training")}
            isDisabled={isEnding}
            testId="stop-training"
            onClick={() => application.send({ type: "stopTraining" })}
          />
        </>
      ) : (
        <IconButton
          icon={run.status === "idle" ? "play" : "debug-restart"}
          title={run.status === "idle" ? t("Train") : t("Train Again")}
          onClick={() => application.send({ type: "train" })}
        />
      )}
      <IconButton
        icon="output"
        title={t("Show Log")}
        onClick={() => application.send({ type: "showLog" })}
      />
      <IconButton
        icon="close"
        title={t("Close")}
        onClick={() => application.setView({ hasTraining: false })}
      />
    </span>
  );
}

/** The training of this design, or several runs side by side. */
export function TrainingStrip() {
  const comparison = useAppState((state) => state.comparison);
  return comparison === undefined ? (
    <OneTraining />
  ) : (
    <Suspense fallback={<div className="training" />}>
      <Compared comparison={comparison} />
    </Suspense>
  );
}

/** One training, read like an instrument. */
function OneTraining() {
  const run = useAppState((state) => state.training);
  const hasCurves = run.points.length > 0 || run.epochs.length > 0 || run.rates !== undefined;
  return (
    <section
      className="training"
      aria-label={t("Training")}
      data-testid="training"
      data-status={run.status}
    >
      <div className="training-state">
        <div className="strip-title">
          <h2 data-testid="training-headline">{headline(run)}</h2>
          <StripButtons run={run} />
        </div>
        <ProgressLine run={run} />
        <NotKept run={run} />
        <ChangedSince run={run} />
        <Failure run={run} />
        <Unfinished run={run} />
        <TestResult run={run} />
        <EarlyEnding run={run} />
        {run.status === "idle" ? (
          <p className="quiet">
            {t("Train runs the recipe of this design and draws its curves here, live.")}
          </p>
        ) : (
          <>
            <Readings run={run} />
            <Notices run={run} />
          </>
        )}
      </div>
      {hasCurves && (
        <Suspense fallback={<div className="chart-panel" />}>
          <Charts run={run} />
        </Suspense>
      )}
    </section>
  );
}
