import { type AxisWindow, defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { isFeatureMap } from "./shape.ts";

/** Enlarges a map by whole factors, by repeating values or by blending neighbours (half-pixel centres, as Keras). */
export const upSampling2d = defineLayer({
  type: "upSampling2d",
  title: "UpSampling2D",
  category: "shape",
  summary: "Enlarges the map by repeating or blending its values.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    size: {
      kind: "pair",
      minimum: 1,
      default: [2, 2],
      description: "Factors for height and width.",
    },
    interpolation: {
      kind: "choice",
      values: ["nearest", "bilinear"],
      default: "nearest",
      description: "Repeats the nearest value, or blends the values around.",
    },
  },
  infer([input], { size, interpolation }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const [height, width, channels] = input;
    const axis = interpolation === "nearest" ? repeated : blended;
    return {
      outputShape: [height * size[0], width * size[1], channels],
      weights: [],
      macs: [],
      window: { type: "local", height: axis(size[0]), width: axis(size[1]) },
    };
  },
});

/** Output `u` is input `floor(u / factor)`. */
function repeated(factor: number): AxisWindow {
  return spread(factor, factor - 1, 0);
}

/** Output `u` blends the inputs nearer than one to `(u + 1/2) / factor − 1/2`. */
function blended(factor: number): AxisWindow {
  return factor === 1
    ? repeated(1)
    : spread(factor, Math.ceil(1.5 * factor - 0.5) - 1, Math.ceil(0.5 * factor + 0.5) - 1);
}

function spread(upsampling: number, padding: number, paddingAfter: number): AxisWindow {
  const size = padding + 1 + paddingAfter;
  return { size, stride: 1, dilation: 1, padding, paddingAfter, upsampling };
}
