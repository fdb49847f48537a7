import { useState } from "react";
import type { RatePoint } from "../../src/protocol/trainer.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatLoss } from "../text/format.ts";
import { t } from "../text/t.ts";
import { RateChart } from "./RateChart.tsx";

interface RateCurveProps {
  readonly points: readonly RatePoint[];
  readonly suggestion?: number | undefined;
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
  const [pointed, setPointed] = useState<number>();
  const reading = pointed === undefined ? undefined : points[pointed];
  const last = points.at(-1);
  return (
    <div className="chart-panel rate-panel">
      <div className="strip-title">
        <h2>{t("Loss by learning rate")}</h2>
        {reading !== undefined && (
          <span className="chart-reading" data-testid="chart-reading">
            <span className="quiet">{t("rate {0}", reading.rate.toPrecision(2))}</span>
            <span className="is-training">{formatLoss(reading.loss)}</span>
          </span>
        )}
        {suggestion === undefined ? (
          <span className="quiet">{t("logarithmic, smoothed")}</span>
        ) : (
          <UseRate rate={suggestion} />
        )}
      </div>
      <RateChart
        label={t(
          "Loss by learning rate, now {0} at {1}",
          last === undefined ? "–" : formatLoss(last.loss),
          last === undefined ? "–" : last.rate.toExponential(1),
        )}
        points={points}
        suggestion={suggestion}
        onPoint={setPointed}
      />
    </div>
  );
}
