import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";

type Normalization = NonNullable<DatasetReport["normalization"]>;

/** Mean and deviation of each channel, as `standardize` would use them. */
export function ChannelTable({ normalization }: { readonly normalization: Normalization }) {
  const { mean, deviation } = normalization;
  const rows = mean.map((value, channel) => ({
    title: mean.length === 3 ? (colors()[channel] ?? "") : String(channel),
    value,
    deviation: deviation[channel] ?? 0,
  }));
  return (
    <section aria-labelledby="dataset-values">
      <h2 id="dataset-values">{t("Values from 0 to 1")}</h2>
      <table data-testid="dataset-values">
        <thead>
          <tr>
            <th scope="col">{t("Channel")}</th>
            <th scope="col" className="is-number">
              {t("Mean")}
            </th>
            <th scope="col" className="is-number">
              {t("Deviation")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title}>
              <th scope="row">{row.title}</th>
              <td className="is-number">{row.value.toFixed(4)}</td>
              <td className="is-number">{row.deviation.toFixed(4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t("Measured on the images that are trained on.")}</p>
    </section>
  );
}

const colors = (): readonly string[] => [t("Red"), t("Green"), t("Blue")];
