import type { Inference, Misfit } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import type { OptionValues } from "./option.ts";
import type { poolingOptions } from "./poolingOptions.ts";
import { isFeatureMap, type Shape } from "./shape.ts";
import { resolveWindow } from "./window.ts";

/** What a pooling over windows makes of its input: fewer positions, the same channels, no weights. */
export function inferPooling(
  input: Shape | undefined,
  options: OptionValues<typeof poolingOptions>,
): Inference | Misfit {
  if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
  const { poolSize, strides, padding, ceilMode } = options;
  const resolved = resolveWindow(input, poolSize, {
    strides: strides ?? poolSize,
    padding,
    ceilMode,
  });
  if ("misfit" in resolved) return { ...resolved, option: "poolSize" };
  const [height, width] = resolved.outputSize;
  return {
    outputShape: [height, width, input[2]],
    weights: [],
    macs: [],
    window: resolved.window,
  };
}

/** What a pooling over the whole map makes of it: one value a channel. */
export function inferGlobalPooling(
  input: Shape | undefined,
  keepDimensions: boolean,
): Inference | Misfit {
  if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
  const [height, width, channels] = input;
  return {
    outputShape: keepDimensions ? [1, 1, channels] : [channels],
    weights: [],
    macs: [],
    window: {
      type: "local",
      height: { size: height, stride: 1, dilation: 1, padding: 0, paddingAfter: 0 },
      width: { size: width, stride: 1, dilation: 1, padding: 0, paddingAfter: 0 },
    },
  };
}
