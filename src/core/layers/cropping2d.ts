import { defineLayer } from "./layer.ts";
import { needsFeatureMap, needsNumbers } from "./misfits.ts";
import { formatShape, isFeatureMap } from "./shape.ts";
import { t } from "../text/t.ts";

/** Cuts rows and columns off the sides of the map. */
export const cropping2d = defineLayer({
  type: "cropping2d",
  title: "Cropping2D",
  category: "shape",
  summary: "Cuts rows and columns off the sides of the map.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    cropping: {
      kind: "padding",
      default: { top: 0, bottom: 0, left: 0, right: 0 },
      description: "Rows and columns cut: a number, [height, width] or [top, bottom, left, right].",
    },
  },
  infer([input], { cropping }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    if (typeof cropping === "string") return needsNumbers(cropping, "cropping");
    const { top, bottom, left, right } = cropping;
    const [height, width] = [input[0] - top - bottom, input[1] - left - right];
    if (height < 1 || width < 1) {
      return {
        misfit: t("nothing of {0} is left after cutting so much", formatShape(input)),
        option: "cropping",
      };
    }
    // 0 − n, because −0 would show.
    const cut = (before: number, after: number) =>
      ({ size: 1, stride: 1, dilation: 1, padding: 0 - before, paddingAfter: 0 - after }) as const;
    return {
      outputShape: [height, width, input[2]],
      weights: [],
      macs: [],
      window: { type: "local", height: cut(top, bottom), width: cut(left, right) },
    };
  },
});
