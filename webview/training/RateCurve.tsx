import type { RatePoint } from "../../src/protocol/trainer.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatLoss } from "../text/format.ts";
import { t } from "../text/t.ts";

interface RateCurveProps {
  readonly points: readonly RatePoint[];
  readonly suggestion?: number | undefined;
}

const [width, height] = [600, 150];

/** Places in the drawing: the rate logarithmic, the loss up to what the search began with and half as much again. */
function scalesOf(points: readonly RatePoint[]) {
  const rates = points.map(({ rate }) => Math.log10(rate));
  const [first, last] = [Math.floor(rates[0] ?? 0), Math.max(Math.ceil(rates.at(-1) ?? 1), 1)];
  const lowest = Math.min(...points.map(({ loss }) => loss));
  const highest = Math.max(1.5 * (points[0]?.loss ?? 1), lowest + 1e-6);
  return {
    decades: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    x: (rate: number): number => ((Math.log10(rate) - first) / (last - first)) * width,
    y: (loss: number): number =>
      height - ((Math.min(loss, highest) - lowest) / (highest - lowest)) * (height - 8) - 4,
  };
}

function UseRate({ rate }: { readonly rate: number }) {
  const application = useApplication();
  const current = useAppState(
    (state) => state.drawn.parsed.design.training?.optimizer.learningRate,
  );
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  return current === rate ? (
    <span className="quiet">{t("The design trains with {0}.", rate)}</span>
  ) : (
    <button
      type="button"
      className="button"
      data-testid="use-rate"
      disabled={!isEditable}
      onClick={() =>
        application.edit({ type: "setTraining", path: ["optimizer", "learningRate"], value: rate })
      }
    >
      {t("Use {0}", rate)}
    </button>
  );
}

/** The loss over rising learning rates, and the rate to train with. */
export function RateCurve({ points, suggestion }: RateCurveProps) {
  const { decades, x, y } = scalesOf(points);
  const line = points.map(({ rate, loss }) => `${x(rate)},${y(loss)}`).join(" ");
  const last = points.at(-1);
  return (
    <div className="chart-panel rate-panel">
      <div className="strip-title">
        <h2>{t("Loss by learning rate")}</h2>
        {suggestion === undefined ? (
          <span className="quiet">{t("logarithmic, smoothed")}</span>
        ) : (
          <UseRate rate={suggestion} />
        )}
      </div>
      <svg
        className="rate-curve"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t(
          "Loss by learning rate, now {0} at {1}",
          last === undefined ? "–" : formatLoss(last.loss),
          last === undefined ? "–" : last.rate.toExponential(1),
        )}
      >
        {decades.map((decade) => (
          <line
            key={decade}
            className="rate-grid"
            x1={x(10 ** decade)}
            x2={x(10 ** decade)}
            y1={0}
            y2={height}
          />
        ))}
        <polyline className="rate-line" points={line} />
        {suggestion !== undefined && (
          <line
            className="rate-suggestion"
            x1={x(suggestion)}
            x2={x(suggestion)}
            y1={0}
            y2={height}
          />
        )}
      </svg>
      <div className="rate-axis" aria-hidden="true">
        {decades.map((decade) => (
          <span key={decade} style={{ left: `${(100 * x(10 ** decade)) / width}%` }}>
            {Number(`1e${decade}`)}
          </span>
        ))}
      </div>
    </div>
  );
}
