import type { ReactNode } from "react";
import { formatNumber } from "../../src/core/design/words.ts";
import { hasFaults } from "../../src/protocol/datasetFaults.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { Icon } from "../app/Icon.tsx";
import { t } from "../text/t.ts";

/** Classes that are named in one line. */
const classesNamed = 20;

/** What needs mending, the worst first; or that nothing does. */
export function Faults({ report }: { readonly report: DatasetReport }) {
  const { obstacle, emptyClasses, broken, duplicates } = report;
  const { acrossParts, acrossClasses } = duplicates;
  return (
    <ul className="dataset-faults" data-testid="dataset-faults">
      {obstacle !== undefined && (
        <Fault severity="error">{t("A training would not start: {0}", obstacle)}</Fault>
      )}
      {acrossParts > 0 && (
        <Fault severity="error">
          {t(
            "Images of more than one part have the same content: {0}. The network is tested with what it has learnt.",
            formatNumber(acrossParts),
          )}
        </Fault>
      )}
      {broken.count > 0 && (
        <Fault severity="warning">
          {t("Images that cannot be used: {0}", formatNumber(broken.count))}
        </Fault>
      )}
      {acrossClasses > 0 && (
        <Fault severity="warning">
          {t(
            "Images of more than one class have the same content: {0}",
            formatNumber(acrossClasses),
          )}
        </Fault>
      )}
      {emptyClasses.count > 0 && (
        <Fault severity="warning">
          {t("Classes without images to train on: {0}", emptyWords(emptyClasses))}
        </Fault>
      )}
      {!hasFaults(report) && acrossClasses === 0 && (
        <Fault severity="info">{t("Nothing needs mending.")}</Fault>
      )}
    </ul>
  );
}

function emptyWords({ count, names }: DatasetReport["emptyClasses"]): string {
  const shown = names.slice(0, classesNamed);
  const words = shown.join(", ");
  return count > shown.length
    ? t("{0} and {1} more", words, formatNumber(count - shown.length))
    : words;
}

interface FaultProps {
  readonly severity: "error" | "warning" | "info";
  readonly children: ReactNode;
}

function Fault({ severity, children }: FaultProps) {
  return (
    <li className={`dataset-fault of-${severity}`}>
      <Icon name={severity} />
      <span>{children}</span>
    </li>
  );
}
