import { useMemo, useState } from "react";
import type { AnalyzedDesign } from "../../../src/core/analysis/analyze.ts";
import type { Analysis } from "../../../src/core/analysis/analysis.ts";
import { fieldPath } from "../../../src/core/analysis/fieldPath.ts";
import { misalignedJoins } from "../../../src/core/analysis/misalignedJoins.ts";
import type { Shape } from "../../../src/core/layers/shape.ts";
import { useUnhurried } from "../../state/useUnhurried.ts";
import { formatPair } from "../../text/format.ts";
import { t } from "../../text/t.ts";
import { BranchFields, otherBranches, type Branch } from "./BranchFields.tsx";
import { GrowthStrip } from "./GrowthStrip.tsx";
import { useSamples } from "./useSamples.ts";
import { WindowPicture } from "./WindowPicture.tsx";

function imageOf({ network, analysis }: AnalyzedDesign): Shape | undefined {
  const input = network.layers.find(({ type }) => type === "input");
  const shape = input === undefined ? undefined : analysis.layerById.get(input.id)?.outputShape;
  return shape?.length === 3 ? shape : undefined;
}

function branchesOf({ layerById }: Analysis, layer: string): readonly Branch[] {
  return (layerById.get(layer)?.inputs ?? []).flatMap((id) => {
    const field = layerById.get(id)?.receptiveField;
    return field === undefined ? [] : [{ id, field }];
  });
}

interface FieldSectionProps {
  /** The layer whose units look; of a block the one that its output comes from. */
  readonly layer: string;
}

/** The receptive field of a layer in figures, over the input, and as it grows on the way from the image. */
export function FieldSection({ layer }: FieldSectionProps) {
  const drawn = useUnhurried();
  const image = useMemo(() => imageOf(drawn), [drawn]);
  const { analysis, network } = drawn;
  const steps = useMemo(() => fieldPath(analysis, layer), [analysis, layer]);
  const isMisaligned = useMemo(
    () => [...misalignedJoins(network, analysis.layerById)].some((join) => join.layer.id === layer),
    [analysis, layer, network],
  );
  const [chosen, setChosen] = useState<number>();
  const samples = useSamples(image);
  const [number, setNumber] = useState(0);
  const field = analysis.layerById.get(layer)?.receptiveField;
  if (field === undefined) {
    return null;
  }
  const last = steps.length - 1;
  const shown = Math.min(chosen ?? last, last);
  const step = steps[shown] ?? { layer, field };
  // The last step may stand for layers behind it that change nothing about the window.
  const output = analysis.layerById.get(shown === last ? layer : step.layer)?.outputShape;
  const branches = isMisaligned ? branchesOf(analysis, layer) : [];
  return (
    <section className="field-section" aria-label={t("Receptive field")}>
      <b>{t("Receptive field {0} × {1}", step.field.size[0], step.field.size[1])}</b>
      <span className="quiet">
        {t(
          "stride {0}, padding {1}",
          formatPair(step.field.stride),
          formatPair(step.field.padding),
        )}
      </span>
      <div className="field-drawing">
        {image !== undefined && (
          <WindowPicture
            image={image}
            output={output}
            field={step.field}
            sample={samples[number % Math.max(1, samples.length)]}
            others={shown === last ? otherBranches(branches).map((branch) => branch.field) : []}
          />
        )}
        <div className="field-side">
          {steps.length > 1 && (
            <GrowthStrip
              steps={steps}
              shown={shown}
              onShow={(index) => setChosen(index === last ? undefined : index)}
            />
          )}
          {samples.length > 1 && (
            <button type="button" className="link-button" onClick={() => setNumber(number + 1)}>
              {t("Next Image")}
            </button>
          )}
        </div>
      </div>
      {isMisaligned && <BranchFields branches={branches} />}
      {!isMisaligned && !field.aligned && (
        <div className="is-warning">{t("branches with different windows were joined before")}</div>
      )}
    </section>
  );
}
