import { useAppState } from "../state/context.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "../text/t.ts";

/** Says what just happened, and what the network costs now, to a screen reader. */
export function LiveRegion() {
  const spoken = useAppState((state) => state.spoken);
  const parameters = useAppState((state) => state.shown.analysis.totals.parameters.total);
  const macs = useAppState((state) => state.shown.analysis.totals.macs);
  return (
    <div className="visually-hidden">
      <div role="status" aria-live="polite">
        {spoken}
      </div>
      <div role="status" aria-live="polite">
        {t("{0} parameters, {1} MACs", formatNumber(parameters), formatNumber(macs))}
      </div>
    </div>
  );
}
