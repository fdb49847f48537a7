import { isMisfit, type Inference, type LayerDefinition } from "../layers/layer.ts";
import type { LayerType } from "../layers/layers.ts";
import type { OptionValues } from "../layers/option.ts";
import { formatShape, type Shape, sizeOf } from "../layers/shape.ts";
import { freezeInference } from "./freeze.ts";
import { misfitFix } from "./misfitFix.ts";
import { type Place, report } from "./scope.ts";
import type { Outlet } from "./template.ts";
import { t } from "../text/t.ts";

/** A layer with its options read; `fits` is false where it has no use to infer, because its wires are wrong. */
export interface ReadLayer {
  readonly definition: LayerDefinition;
  readonly values: OptionValues;
  readonly fits: boolean;
}

/** Adds one layer to the composition, with what it makes of its inputs where all of them are known. */
export function placeLayer(
  place: Place,
  id: string,
  { definition, values, fits }: ReadLayer,
  inputs: readonly Outlet[],
): Outlet {
  const inputShapes = inputs.map((input) => input.shape);
  return place.composition.addLayer({
    id,
    // The table of layers is keyed by these types.
    type: definition.type as LayerType,
    options: values,
    inputs: inputs.map((input) => input.source),
    inputShapes,
    inference: fits ? infer(place, definition, values, inputShapes) : undefined,
  });
}

function infer(
  place: Place,
  definition: LayerDefinition,
  values: OptionValues,
  inputShapes: readonly (Shape | undefined)[],
): Inference | undefined {
  if (!inputShapes.every((shape) => shape !== undefined)) return undefined;
  const result = definition.infer(inputShapes, values);
  if (!isMisfit(result)) {
    if (!isCountable(result)) return refuse(place, result);
    return values["trainable"] === false ? freezeInference(result) : result;
  }
  report(place, {
    code: "shapeMismatch",
    message: `${result.misfit}.`,
    option: result.option,
    fix: place.scope.isTop ? misfitFix(place, definition, inputShapes) : undefined,
    detail: { inputShapes },
  });
  return undefined;
}

/** True where every count of a layer is a whole number that JavaScript holds exactly. */
function isCountable({ outputShape, weights, macs }: Inference): boolean {
  return (
    Number.isSafeInteger(sizeOf(outputShape)) &&
    weights.every(({ shape }) => Number.isSafeInteger(sizeOf(shape))) &&
    macs.every((product) => Number.isSafeInteger(sizeOf(product)))
  );
}

function refuse(place: Place, { outputShape }: Inference): undefined {
  report(place, {
    code: "tooLarge",
    message: t(
      "with an output of {0} its numbers go beyond what can be counted; make it smaller.",
      formatShape(outputShape),
    ),
  });
  return undefined;
}
