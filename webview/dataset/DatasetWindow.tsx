import { formatNumber } from "../../src/core/design/words.ts";
import { formatShape } from "../../src/core/layers/shape.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { Dialog } from "../app/Dialog.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { ChannelTable } from "./ChannelTable.tsx";
import { ClassTable } from "./ClassTable.tsx";
import { Faults } from "./Faults.tsx";
import { BrokenFiles } from "./BrokenFiles.tsx";
import { Duplicates } from "./Duplicates.tsx";
import { Samples } from "./Samples.tsx";
import { Sizes } from "./Sizes.tsx";

/** What was found in the data set of the design, and what needs mending. */
export function DatasetWindow() {
  const report = useAppState((state) => state.dataset);
  return (
    report && (
      <Dialog title={t("Data Set: {0}", report.name)} className="dataset" testId="dataset">
        <Overview report={report} />
        <Faults report={report} />
        <div className="dataset-columns">
          <div>
            <ClassTable report={report} />
          </div>
          <div>
            {report.sizes && <Sizes sizes={report.sizes} />}
            {report.normalization && <ChannelTable normalization={report.normalization} />}
          </div>
        </div>
        <BrokenFiles report={report} />
        <Duplicates report={report} />
        <Samples report={report} />
      </Dialog>
    )
  );
}

function Overview({ report }: { readonly report: DatasetReport }) {
  const application = useApplication();
  const images = report.parts.reduce((sum, part) => sum + part.images, 0);
  return (
    <div className="dataset-overview">
      <p data-testid="dataset-overview">
        {t(
          "{0} images of {1} in {2} classes",
          formatNumber(images),
          formatShape(report.imageShape),
          formatNumber(report.classCount),
        )}
      </p>
      <button
        type="button"
        className="button secondary"
        onClick={() => application.send({ type: "inspectDataset" })}
      >
        {t("Inspect Again")}
      </button>
    </div>
  );
}
