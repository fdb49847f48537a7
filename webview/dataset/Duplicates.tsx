import { formatNumber } from "../../src/core/design/words.ts";
import type { DatasetReport, SameImage } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";
import { partTitle } from "./partTitle.ts";
import { RevealButton } from "./RevealButton.tsx";

/** Images that have the same content, the worst first. */
export function Duplicates({ report }: { readonly report: DatasetReport }) {
  const { groups, images, listed } = report.duplicates;
  return (
    <section aria-labelledby="dataset-duplicates">
      <h2 id="dataset-duplicates">{t("Duplicates")}</h2>
      <p className="quiet" data-testid="dataset-duplicates-count">
        {groups === 0
          ? t("No image is there twice.")
          : t("Images that repeat another: {0}", formatNumber(images))}
      </p>
      {groups > 0 && (
        <ol className="dataset-groups" data-testid="dataset-duplicates">
          {listed.map((group) => (
            <Group
              key={group.images[0]?.part + (group.images[0]?.name ?? "")}
              {...group}
              hasFiles={report.folder !== undefined}
            />
          ))}
        </ol>
      )}
      {groups > listed.length && (
        <p className="quiet">
          {t("The first {0} of {1} contents.", listed.length, formatNumber(groups))}
        </p>
      )}
    </section>
  );
}

interface GroupProps {
  readonly count: number;
  readonly images: readonly SameImage[];
  readonly hasFiles: boolean;
}

function Group({ count, images, hasFiles }: GroupProps) {
  const isAcross = (key: "part" | "label"): boolean =>
    images.some((image) => image[key] !== images[0]?.[key]);
  const signs = [
    ...(isAcross("part") ? [t("In more than one part")] : []),
    ...(isAcross("label") ? [t("In more than one class")] : []),
  ];
  return (
    <li>
      {signs.length > 0 && <strong className="dataset-sign">{signs.join(", ")}</strong>}
      <ul>
        {images.map(({ name, part, label }) => (
          <li key={part + name}>
            <span className="dataset-name" title={name}>
              {name}
            </span>
            <span className="quiet">
              {partTitle(part)} · {label}
            </span>
            {hasFiles && <RevealButton name={name} />}
          </li>
        ))}
      </ul>
      {count > images.length && (
        <p className="quiet">{t("and {0} more", formatNumber(count - images.length))}</p>
      )}
    </li>
  );
}
