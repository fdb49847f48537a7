import type { ReactNode } from "react";
import type { LayerAnalysis, Numbers } from "../../src/core/analysis/analysis.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { formatShape } from "../../src/core/layers/shape.ts";
import { useUnhurried } from "../state/useUnhurried.ts";
import { flopsWords } from "../text/flopsWords.ts";
import { t } from "../text/t.ts";
import { StartSums } from "./StartSums.tsx";

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="sum">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The formula where there is one, else the figure alone. */
const orFigure = (formula: string, figure: number): string =>
  formula === "" ? formatNumber(figure) : formula;

function ParameterKinds({ numbers }: { readonly numbers: Numbers }) {
  const { trainable, nonTrainable } = numbers.parameters;
  return nonTrainable === 0 ? null : (
    <div className="quiet">
      {t("{0} trainable, {1} not", formatNumber(trainable), formatNumber(nonTrainable))}
    </div>
  );
}

interface MacsRowProps {
  readonly formula: string;
  readonly macs: number;
}

function MacsRow({ formula, macs }: MacsRowProps) {
  return (
    <Row name={t("MACs")}>
      <span title={flopsWords(macs)}>{orFigure(formula, macs)}</span>
    </Row>
  );
}

/** The sums of one layer with its own numbers, not only their results. */
export function LayerSums({ layer }: { readonly layer: LayerAnalysis }) {
  const { outputFormula, parameterFormula, macFormula, outputShape, status } = layer;
  const weights = useUnhurried().network.byId.get(layer.id)?.inference?.weights;
  return (
    <dl className="sums">
      <Row name={t("output")}>
        {outputFormula !== "" && <div>{outputFormula}</div>}
        {outputShape === undefined ? t("cannot be known yet") : formatShape(outputShape)}
      </Row>
      {status !== "unknown" && (
        <>
          <Row name={t("parameters")}>
            {orFigure(parameterFormula, layer.parameters.total)}
            <ParameterKinds numbers={layer} />
          </Row>
          <MacsRow formula={macFormula} macs={layer.macs} />
        </>
      )}
      <StartSums weights={weights ?? []} />
    </dl>
  );
}

/** The subtotal of a block. */
export function BlockSums({
  numbers,
  layerCount,
}: {
  readonly numbers: Numbers;
  readonly layerCount: number;
}) {
  return (
    <dl className="sums">
      <Row name={t("output")}>
        {numbers.outputShape === undefined
          ? t("cannot be known yet")
          : formatShape(numbers.outputShape)}
      </Row>
      <Row name={t("layers")}>{formatNumber(layerCount)}</Row>
      <Row name={t("parameters")}>
        {formatNumber(numbers.parameters.total)}
        <ParameterKinds numbers={numbers} />
      </Row>
      <MacsRow formula="" macs={numbers.macs} />
    </dl>
  );
}
