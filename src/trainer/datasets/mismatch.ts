import { type Shape, formatShape } from "../../core/layers/shape.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import type { Fit } from "./dataset.ts";

/** Says how a design and a data set differ, and what to change in the design. */
export function mismatch(
  dataset: string,
  imageShape: Shape,
  classes: number,
  { inputShape, classes: given }: Fit,
): TrainingFailure {
  const sameShape = formatShape(inputShape) === formatShape(imageShape);
  const fixes = [
    ...(sameShape ? [] : [`the shape of its input to [${imageShape.join(", ")}]`]),
    ...(given === classes ? [] : [`the units of its last layer to ${classes}`]),
  ];
  return new TrainingFailure(
    "datasetMismatch",
    `The data set ${dataset} has images of ${formatShape(imageShape)} and ${classes} classes, ` +
      `the design takes ${formatShape(inputShape)} and gives ${given} ${given === 1 ? "value" : "values"}.`,
    `Set ${fixes.join(" and ")}, or choose another data set (synthetic fits every design).`,
    { imageShape, classes },
  );
}
