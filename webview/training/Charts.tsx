import { type ReactNode, useMemo, useState } from "react";
import type { TrainingRun } from "../state/trainingRun.ts";
import { formatLoss, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Chart } from "./Chart.tsx";
import { type Curves, curvesOf, readingAt } from "./curves.ts";
import { axisEnd } from "./epochAxis.ts";
import { GradientNorms } from "./GradientNorms.tsx";
import { RateCurve } from "./RateCurve.tsx";

/** Decimal places that tell neighbouring lines of the grid apart. */
const placesFor = (step: number): number => Math.max(0, Math.min(6, -Math.floor(Math.log10(step))));

/** Every value has its own places on a logarithmic axis. */
const formatAxisLoss = (value: number): string => String(Number(value.toPrecision(2)));

const formatAxisShare = (value: number, step: number): string =>
  `${(value * 100).toFixed(placesFor(step * 100))} %`;

interface ChartTitleProps {
  readonly name: string;
  readonly curves: Curves;
  readonly stepsPerEpoch: number;
  /** Which of the steps the pointer is at. */
  readonly pointed: number | undefined;
  readonly format: (value: number) => string;
  /** What stands there while nothing is pointed at. */
  readonly children: ReactNode;
}

/** The name of a chart, and the values where the pointer is. */
function ChartTitle({ name, curves, stepsPerEpoch, pointed, format, children }: ChartTitleProps) {
  const reading = pointed === undefined ? undefined : readingAt(curves, pointed);
  const written = (value: number | undefined): string =>
    value === undefined ? "–" : format(value);
  return (
    <div className="strip-title">
      <h2>{name}</h2>
      {reading === undefined ? (
        <span className="quiet">{children}</span>
      ) : (
        <span className="chart-reading" data-testid="chart-reading">
          <span className="quiet">{t("epoch {0}", (reading.step / stepsPerEpoch).toFixed(1))}</span>
          <span className="is-training">{written(reading.training)}</span>
          <span className="is-validation">{written(reading.validation)}</span>
        </span>
      )}
    </div>
  );
}

/** Loss and accuracy of the run, live. */
export function Charts({ run }: { readonly run: TrainingRun }) {
  const loss = useMemo(() => curvesOf(run, "loss"), [run]);
  const accuracy = useMemo(() => curvesOf(run, "accuracy"), [run]);
  const stepsPerEpoch = run.started?.stepsPerEpoch ?? 1;
  const reached = loss.steps.at(-1) ?? 1;
  const lastStep =
    run.status === "ended"
      ? reached
      : stepsPerEpoch * axisEnd(reached / stepsPerEpoch, run.started?.epochs ?? 1);
  const [pointed, setPointed] = useState<number>();
  const last = run.points.at(-1);
  if (run.rates !== undefined) {
    const { ending } = run;
    const suggestion = ending?.type === "finished" ? ending.suggestedRate : undefined;
    return <RateCurve points={run.rates} suggestion={suggestion} />;
  }
  const common = { stepsPerEpoch, lastStep, onPoint: setPointed };
  return (
    <>
      <div className="chart-panel">
        <ChartTitle
          name={t("Loss")}
          curves={loss}
          format={formatLoss}
          {...{ stepsPerEpoch, pointed }}
        >
          {t("by epoch, logarithmic; validation dashed")}
        </ChartTitle>
        <Chart
          {...common}
          label={t("Loss by epoch, now {0}", last === undefined ? "–" : formatLoss(last.loss))}
          curves={loss}
          isLogarithmic
          formatValue={formatAxisLoss}
        />
      </div>
      <div className="chart-panel">
        <ChartTitle
          name={t("Accuracy")}
          curves={accuracy}
          format={formatShare}
          {...{ stepsPerEpoch, pointed }}
        >
          {t("by epoch")}
        </ChartTitle>
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
