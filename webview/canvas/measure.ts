import type { Analysis, LayerAnalysis, Numbers } from "../../src/core/analysis/analysis.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import type { Measure } from "../state/viewState.ts";
import { formatCount, formatPair } from "../text/format.ts";
import { flopsWords } from "../text/flopsWords.ts";
import { t } from "../text/t.ts";

/** One measure of one card. */
export interface Measured {
  /** `undefined` where it cannot be known. */
  readonly value: number | undefined;
  /** As on the card: `117,600`, `≥ 156` where a part is missing, `?` where nothing is known. */
  readonly figure: string;
  /** In full and with its unit, for the tooltip. */
  readonly title: string;
}

/** English name of a measure; translated where it is shown. */
export const measureTitles: Readonly<Record<Measure, string>> = {
  parameters: "parameters",
  macs: "MACs",
  activations: "activations",
  receptiveField: "receptive field",
  trainingTime: "training time",
  gradientNorm: "gradient norm",
};

const layerActivations = (layer: LayerAnalysis): number =>
  layer.outputShape === undefined ? 0 : sizeOf(layer.outputShape);

/** Values that the layers of each design node put out for one image. */
export function activationsByNode(analysis: Analysis): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const layer of analysis.layers) {
    sums.set(layer.node, (sums.get(layer.node) ?? 0) + layerActivations(layer));
  }
  return sums;
}

function valueOf(measure: Measure, numbers: Numbers, activations: number): number | undefined {
  switch (measure) {
    case "parameters":
      return numbers.parameters.total;
    case "macs":
      return numbers.macs;
    case "activations":
      return activations;
    case "receptiveField":
      return numbers.receptiveField === undefined
        ? undefined
        : Math.max(...numbers.receptiveField.size);
    // Only a training tells: `withTimes`, `withGradients`.
    case "trainingTime":
    case "gradientNorm":
      return undefined;
  }
}

function figureOf(measure: Measure, numbers: Numbers, value: number): string {
  if (measure === "receptiveField") {
    return numbers.receptiveField === undefined ? "?" : formatPair(numbers.receptiveField.size);
  }
  return formatCount(value);
}

/** The chosen measure of a node or a layer; a number that lacks a part says so. */
export function measureOf(measure: Measure, numbers: Numbers, activations: number): Measured {
  const value = valueOf(measure, numbers, activations);
  if (value === undefined || numbers.status === "unknown") {
    return { value: undefined, figure: "?", title: t("Cannot be known yet") };
  }
  const isPartial = numbers.status === "partial";
  const exact =
    measure === "macs" ? flopsWords(value) : `${formatNumber(value)} ${t(measureTitles[measure])}`;
  return {
    value,
    figure: `${isPartial ? "≥ " : ""}${figureOf(measure, numbers, value)}`,
    title: isPartial ? t("At least {0}: an input is missing", exact) : exact,
  };
}
