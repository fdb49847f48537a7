import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { Icon } from "../app/Icon.tsx";
import { t } from "../text/t.ts";

type Layers = Extract<TrainerEvent, { readonly type: "layers" }>;

/** The bars are logarithmic from here on; what is shorter has none. */
const shortest = 1e-7;

/** `0.041`, and `4.1e-6` where that would be long. */
const formatNorm = (norm: number): string =>
  norm === 0 || (norm >= 0.001 && norm < 1000)
    ? String(Number(norm.toPrecision(2)))
    : norm.toExponential(1);

function widthOf(norm: number, longest: number): number {
  const span = Math.log10(Math.max(longest, 10 * shortest) / shortest);
  return Math.max(0, Math.min(1, Math.log10(Math.max(norm, shortest) / shortest) / span));
}

const warnings = {
  vanishing: "The gradient of {0} has all but vanished",
  exploding: "The gradient of {0} explodes",
} as const;

/** Length of each layer's gradient in the last step that was measured. */
export function GradientNorms({ step, layers, warning }: Layers) {
  const longest = Math.max(...layers.map(({ gradientNorm }) => gradientNorm));
  return (
    // Has a long table that scrolls, also by keyboard.
    <div
      className="norm-panel"
      role="group"
      aria-label={t("Gradient norm by layer")}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div className="strip-title">
        <h2>{t("Gradient norms")}</h2>
        <span className="quiet">{t("step {0}", formatNumber(step))}</span>
      </div>
      {warning !== undefined && (
        <p className="norm-warning" role="status">
          <Icon name="warning" /> {t(warnings[warning.kind], warning.layer)}
        </p>
      )}
      <table className="norms" aria-label={t("Gradient norm by layer")}>
        <tbody>
          {layers.map(({ layer, gradientNorm, updateRatio }) => (
            <tr
              key={layer}
              className={layer === warning?.layer ? "is-warned" : undefined}
              title={t(
                "Each step changes its weights by {0} of their length",
                formatNorm(updateRatio),
              )}
            >
              <th scope="row">{layer}</th>
              <td aria-hidden="true">
                <div
                  className="norm-bar"
                  style={{ width: `${100 * widthOf(gradientNorm, longest)}%` }}
                />
              </td>
              <td className="norm-value">{formatNorm(gradientNorm)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
