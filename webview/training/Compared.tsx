import { useMemo, useState } from "react";
import type { ComparedRow, Comparison } from "../../src/protocol/comparison.ts";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication } from "../state/context.ts";
import { formatLoss, formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import { ComparedChart } from "./ComparedChart.tsx";
import { type ComparedCurve, comparedCurve, valueAt } from "./comparedCurves.ts";
import { lineColors, lineDashes } from "./comparedLines.ts";

const formatAxisLoss = (value: number): string => String(Number(value.toPrecision(2)));
const formatAxisShare = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;

/** How the curve of a run looks. */
function Line({ index }: { readonly index: number }) {
  return (
    <svg width="26" height="8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="26"
        y2="4"
        strokeWidth="2"
        stroke={`var(${lineColors[index % lineColors.length] ?? ""})`}
        strokeDasharray={(lineDashes[index % lineDashes.length] ?? []).join(" ")}
      />
    </svg>
  );
}

function Row({ row }: { readonly row: ComparedRow }) {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {row.values.map((value, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a column is a run, and runs keep their places
        <td key={index}>{value === "" ? "–" : value}</td>
      ))}
    </tr>
  );
}

/** What the curves say where the pointer is, or at their ends. */
function reading(
  name: string,
  curves: readonly ComparedCurve[],
  epoch: number | undefined,
  format: (value: number) => string,
): ComparedRow {
  return {
    name,
    values: curves.map((curve) => {
      const value = valueAt(curve, epoch);
      return value === undefined ? "" : format(value);
    }),
  };
}

/** Several runs side by side: what differs between them, and their curves over each other. */
export function Compared({ comparison: { runs, rows } }: { readonly comparison: Comparison }) {
  const application = useApplication();
  const losses = useMemo(() => runs.map((run) => comparedCurve(run, "loss")), [runs]);
  const accuracies = useMemo(() => runs.map((run) => comparedCurve(run, "accuracy")), [runs]);
  const [epoch, setEpoch] = useState<number>();
  const written = epoch === undefined ? "" : String(Math.round(epoch * 10) / 10);
  const readings = [
    reading(
      written === "" ? t("last loss") : t("loss at epoch {0}", written),
      losses,
      epoch,
      formatLoss,
    ),
    reading(
      written === "" ? t("last accuracy") : t("accuracy at epoch {0}", written),
      accuracies,
      epoch,
      formatShare,
    ),
  ];
  return (
    <section className="training" aria-label={t("Compare Runs")} data-testid="compared-runs">
      <div className="training-state compared">
        <div className="strip-title">
          <h2>{t("Comparing {0} runs", runs.length)}</h2>
          <IconButton
            icon="close"
            title={t("Close")}
            onClick={() => application.setView({ hasTraining: false })}
          />
        </div>
        <table>
          <thead>
            <tr>
              <td className="quiet">{t("run")}</td>
              {runs.map(({ name }, index) => (
                <th key={name} scope="col">
                  <Line index={index} /> {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody data-testid="compared-readings">
            {readings.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the name changes with the pointer
              <Row key={index} row={row} />
            ))}
          </tbody>
          <tbody>
            {rows.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="chart-panel">
        <div className="strip-title">
          <h2>{t("Loss")}</h2>
          <span className="quiet">{t("by epoch, on the validation images")}</span>
        </div>
        <ComparedChart
          label={t("Loss of {0} runs by epoch", runs.length)}
          curves={losses}
          formatValue={formatAxisLoss}
          onEpoch={setEpoch}
        />
      </div>
      <div className="chart-panel">
        <div className="strip-title">
          <h2>{t("Accuracy")}</h2>
          <span className="quiet">{t("by epoch, on the validation images")}</span>
        </div>
        <ComparedChart
          label={t("Accuracy of {0} runs by epoch", runs.length)}
          curves={accuracies}
          formatValue={formatAxisShare}
          onEpoch={setEpoch}
        />
      </div>
    </section>
  );
}
