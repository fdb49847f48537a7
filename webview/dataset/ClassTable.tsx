import { formatNumber } from "../../src/core/design/words.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";
import { Bar } from "./Bar.tsx";
import { partTitle } from "./partTitle.ts";

/** Images of each class in each part, and how uneven they are. */
export function ClassTable({ report }: { readonly report: DatasetReport }) {
  const { parts, classes, classCount } = report;
  const most = parts.map((_, at) => Math.max(...classes.map(({ counts }) => counts[at] ?? 0)));
  const cut = parts.filter(({ isCut, images }) => isCut && images > 0);
  return (
    <section aria-labelledby="dataset-classes">
      <h2 id="dataset-classes">{t("Classes")}</h2>
      <p className="quiet">{balanceWords(report)}</p>
      <div
        className="dataset-scroll"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
        tabIndex={0}
        role="group"
        aria-labelledby="dataset-classes"
      >
        <table data-testid="dataset-classes">
          <thead>
            <tr>
              <th scope="col">{t("Class")}</th>
              {parts.map(({ part }) => (
                <th key={part} scope="col" className="is-number" colSpan={2}>
                  {partTitle(part)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  {name}
                </th>
                {parts.map(({ part }, at) => (
                  <Count key={part} value={counts[at] ?? 0} most={most[at] ?? 0} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("Total")}</th>
              {parts.map(({ part, images }) => (
                <td key={part} className="is-number" colSpan={2}>
                  {formatNumber(images)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {classCount > classes.length && (
        <p className="quiet">
          {t("The first {0} of {1} classes.", classes.length, formatNumber(classCount))}
        </p>
      )}
      {cut.length > 0 && (
        <p className="quiet">
          {t(
            "Taken from the training images: {0}.",
            cut.map(({ part }) => partTitle(part)).join(", "),
          )}
        </p>
      )}
    </section>
  );
}

function Count({ value, most }: { readonly value: number; readonly most: number }) {
  return (
    <>
      <td className="dataset-bars">
        <Bar value={value} most={most} />
      </td>
      <td className="is-number">{formatNumber(value)}</td>
    </>
  );
}

function balanceWords({ classes }: DatasetReport): string {
  const counts = classes.flatMap(({ counts: [count = 0] }) => (count > 0 ? [count] : []));
  if (counts.length < 2) {
    return "";
  }
  const times = (Math.max(...counts) / Math.min(...counts)).toFixed(1);
  return t("The largest class has {0} times the training images of the smallest.", times);
}
