import type { Numbers } from "../../src/core/analysis/analysis.ts";
import { useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { formatPair } from "../text/format.ts";
import { t } from "../text/t.ts";
import { WindowPicture } from "./WindowPicture.tsx";

function imageOf({ drawn }: AppState) {
  const input = drawn.network.layers.find(({ type }) => type === "input");
  const shape =
    input === undefined ? undefined : drawn.analysis.layerById.get(input.id)?.outputShape;
  return shape?.length === 3 ? shape : undefined;
}

/** The receptive field in figures and as a window over the input. */
export function FieldSection({ numbers }: { readonly numbers: Numbers }) {
  const input = useAppState(imageOf);
  const { receptiveField: field, outputShape } = numbers;
  if (field === undefined || outputShape === undefined) {
    return null;
  }
  return (
    <section className="field-section" aria-label={t("Receptive field")}>
      {input !== undefined && <WindowPicture input={input} output={outputShape} field={field} />}
      <div>
        <b>{t("Receptive field {0} × {1}", field.size[0], field.size[1])}</b>
        <div className="quiet">
          {t("stride {0}, padding {1}", formatPair(field.stride), formatPair(field.padding))}
        </div>
        {!field.aligned && (
          <div className="is-warning">
            {t("branches with different windows were joined before")}
          </div>
        )}
      </div>
    </section>
  );
}
