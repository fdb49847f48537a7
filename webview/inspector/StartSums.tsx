import { fansOf, initialSpread } from "../../src/core/analysis/initialSpread.ts";
import type { Weight } from "../../src/core/layers/layer.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { t } from "../text/t.ts";

/** `uniform in ±√(6 / (25 + 150)) = 0.185`. */
function spreadWords(weight: Weight): string {
  const { distribution, value, formula } = initialSpread(weight);
  switch (distribution) {
    case "constant":
      return t("all {0}", value);
    case "uniform":
      return t("uniform within ±{0}", formula);
    case "normal":
      return t("normal, σ = {0}", formula);
  }
}

interface StartSumsProps {
  readonly weights: readonly Weight[];
}

/** How each trainable weight starts: the initialiser's formula with the fans of this layer. */
export function StartSums({ weights }: StartSumsProps) {
  const trainable = weights.filter((weight) => weight.trainable);
  return (
    <>
      {trainable.map((weight) => {
        const [fanIn, fanOut] = fansOf(weight);
        const hasFans = initialSpread(weight).formula !== "";
        return (
          <div className="sum" key={weight.name}>
            <dt
              title={
                hasFans
                  ? t(
                      "{0}: {1} inputs and {2} outputs of one unit",
                      weight.initializer,
                      formatNumber(fanIn),
                      formatNumber(fanOut),
                    )
                  : weight.initializer
              }
            >
              {weight.name}
            </dt>
            <dd>
              <div>{weight.initializer}</div>
              {hasFans && <div>{spreadWords(weight)}</div>}
            </dd>
          </div>
        );
      })}
    </>
  );
}
