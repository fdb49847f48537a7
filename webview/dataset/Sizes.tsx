import { formatNumber } from "../../src/core/design/words.ts";
import type { SizesReport } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";
import { Bar } from "./Bar.tsx";

const words = ({ height, width }: SizesReport["smallest"]): string => `${height} × ${width}`;

/** How large the images are in their files, and how many channels they have. */
export function Sizes({ sizes }: { readonly sizes: SizesReport }) {
  const { smallest, largest, distinct, isComplete, common, channels } = sizes;
  const most = Math.max(...common.map(({ images }) => images));
  return (
    <section aria-labelledby="dataset-sizes">
      <h2 id="dataset-sizes">{t("Sizes in the Files")}</h2>
      {distinct > 1 && (
        <p className="quiet">{t("From {0} to {1} pixels", words(smallest), words(largest))}</p>
      )}
      <table data-testid="dataset-sizes">
        <thead>
          <tr>
            <th scope="col">{t("Height × Width")}</th>
            <th scope="col" className="is-number" colSpan={2}>
              {t("Images")}
            </th>
          </tr>
        </thead>
        <tbody>
          {common.map((size) => (
            <tr key={words(size)}>
              <th scope="row">{words(size)}</th>
              <td className="dataset-bars">
                <Bar value={size.images} most={most} />
              </td>
              <td className="is-number">{formatNumber(size.images)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {distinct > common.length && (
        <p className="quiet">
          {isComplete
            ? t("The {0} most frequent of {1} sizes.", common.length, formatNumber(distinct))
            : t(
                "The {0} most frequent of more than {1} sizes.",
                common.length,
                formatNumber(distinct),
              )}
        </p>
      )}
      <p data-testid="dataset-channels">
        {channels
          .map((each) => t("Channels: {0}, images: {1}", each.channels, formatNumber(each.images)))
          .join(" · ")}
      </p>
    </section>
  );
}
