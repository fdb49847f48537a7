import { measureTitles } from "../canvas/measure.ts";
import { useApplication, useAppState } from "../state/context.ts";
import type { TrainingRun } from "../state/trainingRun.ts";
import { measures, type Measure } from "../state/viewState.ts";
import { t } from "../text/t.ts";

/** Why a measure cannot be shown now: only a training tells some, and not every engine. */
function whatIsMissing(
  measure: Measure,
  { layers, times, started }: TrainingRun,
): string | undefined {
  switch (measure) {
    case "gradientNorm":
      return layers === undefined ? t("while training") : undefined;
    case "trainingTime":
      if (times !== undefined) return undefined;
      return started?.engine.name === "webgpu" ? t("with tfjs-node or WASM") : t("while training");
    case "parameters":
    case "macs":
    case "activations":
    case "receptiveField":
      return undefined;
  }
}

function MeasureOption({ measure }: { readonly measure: Measure }) {
  const missing = useAppState(({ training }) => whatIsMissing(measure, training));
  const isChosen = useAppState(({ view }) => view.measure === measure);
  const title = t(measureTitles[measure]);
  return (
    <option value={measure} disabled={missing !== undefined && !isChosen}>
      {missing === undefined ? title : `${title} (${missing})`}
    </option>
  );
}

/** Which figure the cards show. */
export function MeasureChoice() {
  const application = useApplication();
  const measure = useAppState((state) => state.view.measure);
  return (
    <label className="measure-choice">
      <span className="quiet wide-only">{t("Measure")}</span>
      <select
        className="field"
        aria-label={t("Measure on the cards")}
        tabIndex={-1}
        value={measure}
        data-testid="measure-choice"
        onChange={({ target }) => {
          const chosen: Measure | undefined = measures.find((each) => each === target.value);
          if (chosen !== undefined) {
            application.setView({ measure: chosen });
          }
        }}
      >
        {measures.map((each) => (
          <MeasureOption key={each} measure={each} />
        ))}
      </select>
    </label>
  );
}
