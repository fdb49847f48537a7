import { formatNumber } from "../../src/core/design/words.ts";
import type { DatasetReport, SampleReport } from "../../src/protocol/datasetReport.ts";
import { SamplePicture } from "../inspector/field/SamplePicture.tsx";
import { t } from "../text/t.ts";

/** Pixels of the page that the longer side of a picture takes. */
const side = 56;

/** A few training images of each class. */
export function Samples({ report }: { readonly report: DatasetReport }) {
  const { samples, classes, classCount, emptyClasses } = report;
  if (samples.length === 0) {
    return null;
  }
  const shown = [...new Set(samples.map(({ label }) => label))];
  return (
    <section aria-labelledby="dataset-samples">
      <h2 id="dataset-samples">{t("Training Images")}</h2>
      <ul className="dataset-samples" data-testid="dataset-samples">
        {shown.map((label) => (
          <li key={label}>
            <h3>{classes[label]?.name}</h3>
            <div className="dataset-pictures">
              {samples
                .filter((sample) => sample.label === label)
                .map((sample) => (
                  <Picture key={sample.name} sample={sample} />
                ))}
            </div>
          </li>
        ))}
      </ul>
      {classCount - emptyClasses.count > shown.length && (
        <p className="quiet">
          {t("Images of {0} of {1} classes.", shown.length, formatNumber(classCount))}
        </p>
      )}
    </section>
  );
}

function Picture({ sample }: { readonly sample: SampleReport }) {
  const { name, height, width, channels, pixels } = sample;
  const scale = side / Math.max(height, width);
  return (
    <span role="img" aria-label={name} title={name}>
      <SamplePicture
        bytes={pixels}
        image={[height, width, channels]}
        width={width * scale}
        height={height * scale}
      />
    </span>
  );
}
