import { formatNumber } from "../../src/core/design/words.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";
import { RevealButton } from "./RevealButton.tsx";

/** Files that cannot be used, what is wrong with each, and where it lies. */
export function BrokenFiles({ report }: { readonly report: DatasetReport }) {
  const { count, listed } = report.broken;
  if (count === 0) {
    return null;
  }
  return (
    <section aria-labelledby="dataset-broken">
      <h2 id="dataset-broken">{t("Files That Cannot Be Used")}</h2>
      <table data-testid="dataset-broken">
        <thead>
          <tr>
            <th scope="col">{t("File")}</th>
            <th scope="col" colSpan={2}>
              {t("What is wrong")}
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ name, why }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td>{t(why)}</td>
              <td className="dataset-reveal">
                <RevealButton name={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > listed.length && (
        <p className="quiet">
          {t("The first {0} of {1} files.", listed.length, formatNumber(count))}
        </p>
      )}
    </section>
  );
}
