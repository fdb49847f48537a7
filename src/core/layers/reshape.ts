import { defineLayer } from "./layer.ts";
import { formatShape, sizeOf } from "./shape.ts";
import { t } from "../text/t.ts";

/** Gives the same values another shape, in the order rows, columns, channels. */
export const reshape = defineLayer({
  type: "reshape",
  title: "Reshape",
  category: "shape",
  summary: "Gives the same values another shape.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    targetShape: {
      kind: "shape",
      ranks: [1, 2, 3],
      description: "The new shape, with as many values as the old one.",
    },
  },
  infer([input], { targetShape }) {
    if (input === undefined) return { misfit: t("needs an input") };
    if (sizeOf(input) !== sizeOf(targetShape)) {
      return {
        misfit: t(
          "{0} are {1} values, but {2} are {3}",
          formatShape(input),
          sizeOf(input),
          formatShape(targetShape),
          sizeOf(targetShape),
        ),
        option: "targetShape",
      };
    }
    return {
      outputShape: targetShape,
      weights: [],
      macs: [],
      // Only the channels keep their place when nothing but them is left.
      window: { type: keepsPlaces(input, targetShape) ? "pointwise" : "all" },
    };
  },
});

function keepsPlaces(input: readonly number[], target: readonly number[]): boolean {
  const map = (shape: readonly number[]) => (shape.length === 3 ? shape.slice(0, 2) : [1, 1]);
  return map(input).join() === map(target).join();
}
