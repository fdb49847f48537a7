import { t } from "../../core/text/t.ts";
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
  const values = [
    dataset,
    formatShape(imageShape),
    classes,
    formatShape(inputShape),
    given,
  ] as const;
  return new TrainingFailure(
    "datasetMismatch",
    given === 1
      ? t(
          "The data set {0} has images of {1} and {2} classes, the design takes {3} and gives {4} value.",
          ...values,
        )
      : t(
          "The data set {0} has images of {1} and {2} classes, the design takes {3} and gives {4} values.",
          ...values,
        ),
    fix(
      formatShape(inputShape) === formatShape(imageShape) ? undefined : imageShape.join(", "),
      given === classes ? undefined : classes,
    ),
    { imageShape, classes },
  );
}

/** What to change in the design: the shape of its input, the units of its last layer, or both. */
function fix(shape: string | undefined, units: number | undefined): string {
  if (units === undefined) {
    return t(
      "Set the shape of its input to [{0}], or choose another data set (synthetic fits every design).",
      shape ?? "",
    );
  }
  return shape === undefined
    ? t(
        "Set the units of its last layer to {0}, or choose another data set (synthetic fits every design).",
        units,
      )
    : t(
        "Set the shape of its input to [{0}] and the units of its last layer to {1}, or choose another data set (synthetic fits every design).",
        shape,
        units,
      );
}
