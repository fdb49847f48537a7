import { useMemo } from "react";
import type { TrainingRun } from "../state/trainingRun.ts";
import { formatLoss, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Chart } from "./Chart.tsx";
import { curvesOf } from "./curves.ts";
import { GradientNorms } from "./GradientNorms.tsx";
import { RateCurve } from "./RateCurve.tsx";

/** Decimal places that tell neighbouring lines of the grid apart. */
const placesFor = (step: number): number => Math.max(0, Math.min(6, -Math.floor(Math.log10(step))));

/** Every value has its own places on a logarithmic axis. */
const formatAxisLoss = (value: number): string => String(Number(value.toPrecision(2)));

const formatAxisShare = (value: number, step: number): string =>
  `${(value * 100).toFixed(placesFor(step * 100))} %`;

/** Loss and accuracy of the run, live. */
export function Charts({ run }: { readonly run: TrainingRun }) {
  const loss = useMemo(() => curvesOf(run, "loss"), [run]);
  const accuracy = useMemo(() => curvesOf(run, "accuracy"), [run]);
  const stepsPerEpoch = run.started?.stepsPerEpoch ?? 1;
  const reached = loss.steps.at(-1) ?? 1;
  const hasEnded = run.status === "ended";
  const planned = stepsPerEpoch * (run.started?.epochs ?? 1);
  const lastStep = hasEnded ? reached : Math.max(reached, planned);
  const last = run.points.at(-1);
  if (run.rates !== undefined) {
    const { ending } = run;
    const suggestion = ending?.type === "finished" ? ending.suggestedRate : undefined;
    return <RateCurve points={run.rates} suggestion={suggestion} />;
  }
  const common = { stepsPerEpoch, lastStep };
  return (
    <>
      <div className="chart-panel">
        <div className="strip-title">
          <h2>{t("Loss")}</h2>
          <span className="quiet">{t("by epoch, logarithmic; validation dashed")}</span>
        </div>
        <Chart
          {...common}
          label={t("Loss by epoch, now {0}", last === undefined ? "–" : formatLoss(last.loss))}
          curves={loss}
          isLogarithmic
          formatValue={formatAxisLoss}
        />
      </div>
      <div className="chart-panel">
        <div className="strip-title">
          <h2>{t("Accuracy")}</h2>
          <span className="quiet">{t("by epoch")}</span>
        </div>
        <Chart
          {...common}
          label={t(
            "Accuracy by epoch, now {0}",
            last === undefined ? "–" : formatShare(last.accuracy),
          )}
          curves={accuracy}
          formatValue={formatAxisShare}
        />
      </div>
      {run.layers !== undefined && <GradientNorms {...run.layers} />}
    </>
  );
}
