import type { Saving } from "../../src/core/analysis/analysis.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";

const reasons: Readonly<Record<Saving["kind"], string>> = {
  reduction: "1 × 1 reduction",
  bottleneck: "Bottleneck",
  grouped: "Grouped convolution",
  depthwiseSeparable: "Depthwise separable convolution",
  factorized: "Factorised convolution",
};

/** What a bottleneck or a factorised part stands for, and what it saves. */
export function SavingBox({ saving }: { readonly saving: Saving }) {
  const { plain, actual, kind, layers } = saving;
  return (
    <div className="saving" title={layers.join(", ")}>
      <div className="quiet">{t(reasons[kind])}</div>
      {t("Instead of")} <b>{plain.formula}</b> {t("it costs")} <b>{actual.formula}</b>{" "}
      {t("weights:")}{" "}
      <b className="saving-share">−{formatShare(1 - actual.parameters / plain.parameters, 1)}</b>
      <div className="quiet">
        {t("MACs {0} instead of {1}", formatNumber(actual.macs), formatNumber(plain.macs))}
      </div>
    </div>
  );
}
