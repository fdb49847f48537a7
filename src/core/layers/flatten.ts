import { defineLayer } from "./layer.ts";
import { sizeOf } from "./shape.ts";
import { t } from "../text/t.ts";

/** Writes a feature map as one vector, row by row, channels last. */
export const flatten = defineLayer({
  type: "flatten",
  title: "Flatten",
  category: "shape",
  summary: "Writes the feature map as one vector.",
  inputs: { minimum: 1, maximum: 1 },
  options: {},
  infer([input]) {
    if (input === undefined) return { misfit: t("needs an input") };
    return {
      outputShape: [sizeOf(input)],
      weights: [],
      macs: [],
      window: { type: "pointwise" },
    };
  },
});
