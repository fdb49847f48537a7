import { activationOption } from "./activations.ts";
import {
  biasInitializerOption,
  depthMultiplierOption,
  dilationRateOption,
  filtersOption,
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

/** A depthwise convolution and a 1 × 1 convolution behind it, as one layer (Chollet 2016, arXiv:1610.02357). */
export const separableConv2d = defineLayer({
  type: "separableConv2d",
  title: "SeparableConv2D",
  category: "convolution",
  summary: "Filters each channel by itself, then mixes the channels.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: filtersOption,
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
    const { filters, depthMultiplier } = options;
    const [kernelHeight, kernelWidth] = options.kernelSize;
    const [height, width] = resolved.outputSize;
    const depthwise = [kernelHeight, kernelWidth, input[2], depthMultiplier];
    const pointwise = [1, 1, input[2] * depthMultiplier, filters];
    const area = kernelHeight * kernelWidth;
    return {
      outputShape: [height, width, filters],
      weights: [
        kernelWeight(depthwise, [area, area * depthMultiplier], options, "depthwiseKernel"),
        kernelWeight(pointwise, [input[2] * depthMultiplier, filters], options, "pointwiseKernel"),
        ...biasWeight(filters, options),
      ],
      macs: [
        [height, width, ...depthwise],
        [height, width, ...pointwise],
      ],
      window: resolved.window,
    };
  },
});
