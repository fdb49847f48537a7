import { activationOption } from "../layers/activations.ts";
import { kernelSizeOption, paddingOption, stridesOption } from "../layers/convolutionOptions.ts";
import type { Pair } from "../layers/option.ts";
import { epsilonOption } from "./blockOptions.ts";
import { defineBlock } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";
import { readable } from "./readable.ts";

/**
 * Inverted residual with a linear bottleneck (MobileNetV2, Sandler et al. 2018, arXiv:1801.04381); with squeeze and
 * excitation the block of EfficientNet (arXiv:1905.11946).
 */
export const invertedResidualBlock = defineBlock({
  type: "invertedResidualBlock",
  title: "Inverted Residual Block",
  category: "block",
  summary:
    "Widens, filters each channel by itself, and narrows again, with a shortcut between the narrow ends.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: { kind: "integer", minimum: 1, description: "Channels that leave the block." },
    expansion: {
      kind: "integer",
      minimum: 1,
      default: 6,
      description: "How many times the input channels the inside has; 1 leaves the widening out.",
    },
    kernelSize: { ...kernelSizeOption, default: [3, 3] },
    strides: { ...stridesOption, description: "Step in pixels; when repeated, of the first copy." },
    padding: { ...paddingOption, default: "same" },
    squeezeRatio: {
      kind: "integer",
      minimum: 0,
      default: 0,
      description: "Squeeze and excitation to the input channels divided by this; 0 leaves it out.",
    },
    epsilon: epsilonOption,
    activation: { ...activationOption, default: "relu6" },
  },
  expand([input], options, { isFirst }) {
    const { filters, expansion, kernelSize, padding, squeezeRatio, epsilon, activation } = options;
    const strides: Pair = isFirst ? options.strides : [1, 1];
    const channels = input?.at(-1) ?? 1;
    const chain = new FragmentChain();
    const normalize = (name: string) => chain.add(`${name}_bn`, "batchNormalization", { epsilon });
    const point = (name: string, width: number) => {
      chain.add(name, "conv2d", { filters: width, kernelSize: 1, useBias: false });
      normalize(name);
    };
    if (expansion > 1) {
      point("expand", expansion * channels);
      chain.activate(`expand_${activation}`, activation);
    }
    chain.add("depthwise", "depthwiseConv2d", {
      kernelSize,
      strides,
      padding: readable(padding),
      useBias: false,
    });
    normalize("depthwise");
    chain.activate(`depthwise_${activation}`, activation);
    if (squeezeRatio > 0) {
      const narrow = Math.max(1, Math.floor(channels / squeezeRatio));
      chain.add("se", "squeezeExciteBlock", { filters: narrow, activation });
    }
    point("project", filters);
    if (channels === filters && strides[0] === 1 && strides[1] === 1) {
      chain.add("add", "add", {}, ["input", chain.last]);
    }
    return { nodes: chain.nodes, output: chain.last };
  },
});
