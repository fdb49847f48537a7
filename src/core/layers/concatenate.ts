import { defineLayer } from "./layer.ts";
import { formatShape } from "./shape.ts";
import { t } from "../text/t.ts";

/** Lays its inputs behind each other along the channels; heights and widths must agree. */
export const concatenate = defineLayer({
  type: "concatenate",
  title: "Concatenate",
  category: "join",
  summary: "Lays the channels of its inputs behind each other.",
  inputs: { minimum: 2, maximum: Infinity },
  options: {},
  infer(inputs) {
    const [first] = inputs;
    if (first === undefined) return { misfit: t("needs an input") };
    const size = formatShape(first.slice(0, -1));
    const other = inputs.find(
      (input) => input.length !== first.length || formatShape(input.slice(0, -1)) !== size,
    );
    if (other !== undefined) {
      return {
        misfit: t(
          "cannot join {0} and {1}: height and width must agree",
          formatShape(first),
          formatShape(other),
        ),
      };
    }
    const channels = inputs.reduce((sum, input) => sum + (input.at(-1) ?? 0), 0);
    return {
      outputShape: [...first.slice(0, -1), channels],
      weights: [],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
