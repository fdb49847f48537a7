import { activationOption } from "./activations.ts";
import {
  biasInitializerOption,
  depthMultiplierOption,
  dilationRateOption,
  kernelInitializerOption,
  kernelRegularizerOption,
  kernelSizeOption,
  paddingOption,
  stridesOption,
  useBiasOption,
} from "./convolutionOptions.ts";
import { defineLayer } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import { isFeatureMap } from "./shape.ts";
import { biasWeight, kernelWeight } from "./weight.ts";
import { resolveWindow } from "./window.ts";
import { trainableOption } from "./trainableOption.ts";

/** Convolves each channel by itself: kernel `[kh, kw, channels, depthMultiplier]`. */
export const depthwiseConv2d = defineLayer({
  type: "depthwiseConv2d",
  title: "DepthwiseConv2D",
  category: "convolution",
  summary: "Slides filters over each channel by itself.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    kernelSize: kernelSizeOption,
    strides: stridesOption,
    padding: paddingOption,
    dilationRate: dilationRateOption,
    depthMultiplier: depthMultiplierOption,
    activation: activationOption,
    useBias: useBiasOption,
    kernelInitializer: kernelInitializerOption,
    biasInitializer: biasInitializerOption,
    kernelRegularizer: kernelRegularizerOption,
    trainable: trainableOption,
  },
  infer([input], options) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const resolved = resolveWindow(input, options.kernelSize, options);
    if ("misfit" in resolved) return resolved;
    const { depthMultiplier } = options;
    const [kernelHeight, kernelWidth] = options.kernelSize;
    const [height, width] = resolved.outputSize;
    const channels = input[2];
    const shape = [kernelHeight, kernelWidth, channels, depthMultiplier];
    const area = kernelHeight * kernelWidth;
    return {
      outputShape: [height, width, channels * depthMultiplier],
      weights: [
        kernelWeight(shape, [area, area * depthMultiplier], options, "depthwiseKernel"),
        ...biasWeight(channels * depthMultiplier, options),
      ],
      macs: [[height, width, ...shape]],
      window: resolved.window,
    };
  },
});
