import { defineLayer } from "./layer.ts";
import { needsFeatureMap, needsNumbers } from "./misfits.ts";
import { isFeatureMap } from "./shape.ts";

/** Adds rows and columns of zeros around the map. */
export const zeroPadding2d = defineLayer({
  type: "zeroPadding2d",
  title: "ZeroPadding2D",
  category: "shape",
  summary: "Adds rows and columns of zeros around the map.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    padding: {
      kind: "padding",
      default: { top: 1, bottom: 1, left: 1, right: 1 },
      description:
        "Rows and columns added: a number, [height, width] or [top, bottom, left, right].",
    },
  },
  infer([input], { padding }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const [height, width, channels] = input;
    if (typeof padding === "string") return needsNumbers(padding, "padding");
    const { top, bottom, left, right } = padding;
    return {
      outputShape: [height + top + bottom, width + left + right, channels],
      weights: [],
      macs: [],
      window: {
        type: "local",
        height: { size: 1, stride: 1, dilation: 1, padding: top, paddingAfter: bottom },
        width: { size: 1, stride: 1, dilation: 1, padding: left, paddingAfter: right },
      },
    };
  },
});
