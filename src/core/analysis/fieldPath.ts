import type { Analysis, LayerAnalysis, ReceptiveField } from "./analysis.ts";

/** One layer on the way from the image at which the window grows or its step changes. */
export interface FieldStep {
  readonly layer: string;
  readonly field: ReceptiveField;
}

const areaOf = (layer: LayerAnalysis | undefined): number =>
  (layer?.receptiveField?.size[0] ?? 0) * (layer?.receptiveField?.size[1] ?? 0);

/** From the image to this layer; where branches were joined, along the one that sees most. */
function wayTo(analysis: Analysis, id: string): readonly LayerAnalysis[] {
  const way: LayerAnalysis[] = [];
  let layer = analysis.layerById.get(id);
  while (layer !== undefined) {
    way.push(layer);
    const inputs = layer.inputs.map((input) => analysis.layerById.get(input));
    layer = inputs.reduce((one, other) => (areaOf(other) > areaOf(one) ? other : one), inputs[0]);
  }
  return way.toReversed();
}

const looksAlike = (one: ReceptiveField, other: ReceptiveField): boolean =>
  one.size.join() === other.size.join() &&
  one.stride.join() === other.stride.join() &&
  one.center.join() === other.center.join();

/** How the receptive field of a layer comes about: the image, and every layer on the way that changes the field. */
export function fieldPath(analysis: Analysis, id: string): readonly FieldStep[] {
  const steps: FieldStep[] = [];
  for (const { id: layer, receptiveField: field } of wayTo(analysis, id)) {
    const last = steps.at(-1);
    if (field !== undefined && (last === undefined || !looksAlike(last.field, field))) {
      steps.push({ layer, field });
    }
  }
  return steps;
}
