import { type AxisWindow, defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { isFeatureMap } from "./shape.ts";

/** Mean over windows spread evenly so that the output has a given size, as in PyTorch. */
export const adaptiveAveragePooling2d = defineLayer({
  type: "adaptiveAveragePooling2d",
  title: "AdaptiveAveragePooling2D",
  category: "pooling",
  summary: "Takes means so that the output has a given size, whatever comes in.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    outputSize: { kind: "pair", minimum: 1, description: "Height and width of the output." },
  },
  infer([input], { outputSize }) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const [height, width, channels] = input;
    return {
      outputShape: [...outputSize, channels],
      weights: [],
      macs: [],
      window: {
        type: "local",
        height: evenAxis(height, outputSize[0]),
        width: evenAxis(width, outputSize[1]),
      },
    };
  },
});

/** Window `u` of `bins` covers `floor(u·extent/bins)` to `ceil((u + 1)·extent/bins) − 1`. */
function evenAxis(extent: number, bins: number): AxisWindow {
  const stride = extent / bins;
  const common = { stride, dilation: 1, padding: 0, paddingAfter: 0 };
  if (Number.isInteger(stride)) return { ...common, size: stride };
  let size = 0;
  // The pattern of windows repeats after `bins` of them.
  for (let bin = 0; bin < Math.min(bins, extent); bin++) {
    const start = Math.floor((bin * extent) / bins);
    size = Math.max(size, Math.ceil(((bin + 1) * extent) / bins) - start);
  }
  return { ...common, size, evenOver: extent };
}
