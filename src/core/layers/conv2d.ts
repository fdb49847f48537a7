import { activationOption } from "./activations.ts";
import {
  biasInitializerOption,
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
import { t } from "../text/t.ts";

/** 2-D convolution (cross-correlation) as in Keras: kernel `[kh, kw, inputs / groups, filters]`. */
export const conv2d = defineLayer({
  type: "conv2d",
  title: "Conv2D",
  category: "convolution",
  summary: "Slides filters over the image and sums what they see.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: filtersOption,
    kernelSize: kernelSizeOption,
    strides: stridesOption,
    padding: paddingOption,
    dilationRate: dilationRateOption,
    groups: {
      kind: "integer",
      minimum: 1,
      default: 1,
      description: "Channels are split into this many separate convolutions.",
    },
    activation: activationOption,
    useBias: useBiasOption,
    kernelInitializer: kernelInitializerOption,
    biasInitializer: biasInitializerOption,
    kernelRegularizer: kernelRegularizerOption,
    trainable: trainableOption,
  },
  infer([input], options) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const { filters, groups } = options;
    const [, , channels] = input;
    if (channels % groups !== 0 || filters % groups !== 0) {
      return {
        misfit: t(
          "{0} input channels and {1} filters cannot be split into {2} groups",
          channels,
          filters,
          groups,
        ),
        option: "groups",
      };
    }
    const resolved = resolveWindow(input, options.kernelSize, options);
    if ("misfit" in resolved) return resolved;
    const [kernelHeight, kernelWidth] = options.kernelSize;
    const [height, width] = resolved.outputSize;
    const depth = channels / groups;
    const area = kernelHeight * kernelWidth;
    return {
      outputShape: [height, width, filters],
      weights: [
        kernelWeight(
          [kernelHeight, kernelWidth, depth, filters],
          [area * depth, area * (filters / groups)],
          options,
        ),
        ...biasWeight(filters, options),
      ],
      macs: [[height, width, kernelHeight, kernelWidth, depth, filters]],
      window: resolved.window,
    };
  },
});
