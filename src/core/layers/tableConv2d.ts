import { activationOption } from "./activations.ts";
import {
  biasInitializerOption,
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

/**
 * Convolution whose filters read only some channels each, by a connection table (LeCun et al. 1998, table I):
 * kernel `[kh, kw, pairs]`, the pairs in the order of the table.
 */
export const tableConv2d = defineLayer({
  type: "tableConv2d",
  title: "TableConv2D",
  category: "convolution",
  summary: "Slides filters over the image, each over its own choice of channels.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    connections: {
      kind: "table",
      description: "For each filter the input channels it reads, counted from 0.",
    },
    kernelSize: kernelSizeOption,
    strides: stridesOption,
    padding: paddingOption,
    activation: activationOption,
    useBias: useBiasOption,
    kernelInitializer: kernelInitializerOption,
    biasInitializer: biasInitializerOption,
    kernelRegularizer: kernelRegularizerOption,
    trainable: trainableOption,
  },
  infer([input], options) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const { connections, kernelSize } = options;
    const highest = connections.reduce((most, row) => Math.max(most, ...row), 0);
    if (highest >= input[2]) {
      return {
        misfit: t(
          "the table reads channel {0}, but the {1} input channels end at {2}",
          highest,
          input[2],
          input[2] - 1,
        ),
        option: "connections",
      };
    }
    const resolved = resolveWindow(input, kernelSize, options);
    if ("misfit" in resolved) return resolved;
    const pairs = connections.reduce((sum, row) => sum + row.length, 0);
    const filters = connections.length;
    const [kernelHeight, kernelWidth] = kernelSize;
    const [height, width] = resolved.outputSize;
    const area = kernelHeight * kernelWidth;
    return {
      outputShape: [height, width, filters],
      weights: [
        kernelWeight(
          [kernelHeight, kernelWidth, pairs],
          [(area * pairs) / filters, (area * pairs) / input[2]],
          options,
        ),
        ...biasWeight(filters, options),
      ],
      macs: [[height, width, kernelHeight, kernelWidth, pairs]],
      window: resolved.window,
    };
  },
});
