import type { OptionValues, Pair } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";
import { epsilonOption, reluOption } from "./blockOptions.ts";
import { defineBlock, type RepeatPosition } from "./block.ts";
import { FragmentChain } from "./fragmentChain.ts";

const options = {
  filters: {
    kind: "integer",
    minimum: 1,
    description: "Channels of the 3 × 3 convolutions; a bottleneck leaves with more.",
  },
  bottleneck: {
    kind: "boolean",
    default: false,
    description: "1 × 1, 3 × 3, 1 × 1 instead of two 3 × 3.",
  },
  expansion: {
    kind: "integer",
    minimum: 1,
    default: 4,
    description: "How many times the filters a bottleneck leaves with.",
  },
  strides: {
    kind: "pair",
    minimum: 1,
    default: [1, 1],
    description: "Step of the unit in pixels; when repeated, of one copy only.",
  },
  order: {
    kind: "choice",
    values: ["original", "preActivation"],
    default: "original",
    description: "Normalization and activation after each convolution, or before it.",
  },
  shortcut: {
    kind: "choice",
    values: ["auto", "identity", "projection", "zeroPadding", "none"],
    default: "auto",
    description:
      "How the input reaches the addition: itself where shapes agree, else by a 1 × 1 projection or zero channels; none makes a plain network.",
  },
  strideOn: {
    kind: "choice",
    values: ["3x3", "1x1"],
    default: "3x3",
    description: "Convolution of a bottleneck that takes the step; 1x1 in the paper.",
  },
  strideIn: {
    kind: "choice",
    values: ["first", "last"],
    default: "first",
    description:
      "Copy that takes the step; the last in Keras' ResNet V2, with a subsampled shortcut.",
  },
  groups: {
    kind: "integer",
    minimum: 1,
    default: 1,
    description: "Groups of the 3 × 3 of a bottleneck (cardinality of ResNeXt).",
  },
  groupWidth: {
    kind: "integer",
    minimum: 1,
    default: 64,
    description: "Channels a group for each 64 filters; 4 in ResNeXt-50 32x4d.",
  },
  squeezeRatio: {
    kind: "integer",
    minimum: 0,
    default: 0,
    description: "Narrows squeeze and excitation by this factor; 0 leaves it out.",
  },
  biases: {
    kind: "choice",
    values: ["none", "last", "all"],
    default: "none",
    description: "Convolutions with a bias: last means the last one and the projection.",
  },
  epsilon: epsilonOption,
  activation: reluOption,
} as const;

type Options = OptionValues<typeof options>;

interface Convolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: Pair;
  readonly groups: number;
}

/**
 * Residual unit F(x) + x (He et al. 2015, arXiv:1512.03385) in the original order, or with the
 * pre-activation of He et al. 2016 (arXiv:1603.05027); ResNeXt (arXiv:1611.05431) by `groups` and `groupWidth`.
 */
export const residualBlock = defineBlock({
  type: "residualBlock",
  title: "Residual Block",
  category: "block",
  summary: "Adds its input to what its convolutions make of it.",
  inputs: { minimum: 1, maximum: 1 },
  options,
  expand([input = []], values, position) {
    const strides: Pair = takesStep(values, position) ? values.strides : [1, 1];
    return values.order === "original"
      ? original(input, values, strides)
      : preActivation(input, values, strides);
  },
});

function takesStep(values: Options, position: RepeatPosition): boolean {
  return values.strideIn === "first" ? position.isFirst : position.isLast;
}

function outputChannels(values: Options): number {
  return values.bottleneck ? values.filters * values.expansion : values.filters;
}

function convolutions(values: Options, strides: Pair): readonly Convolution[] {
  const { filters, bottleneck, groups, groupWidth, strideOn } = values;
  const one: Pair = [1, 1];
  if (!bottleneck) {
    return [
      { filters, kernelSize: 3, strides, groups: 1 },
      { filters, kernelSize: 3, strides: one, groups: 1 },
    ];
  }
  const width = Math.max(1, Math.floor((filters * groupWidth) / 64)) * groups;
  const [outer, inner] = strideOn === "1x1" ? [strides, one] : [one, strides];
  return [
    { filters: width, kernelSize: 1, strides: outer, groups: 1 },
    { filters: width, kernelSize: 3, strides: inner, groups },
    { filters: outputChannels(values), kernelSize: 1, strides: one, groups: 1 },
  ];
}

function convolve(
  chain: FragmentChain,
  index: number,
  { filters, kernelSize, strides, groups }: Convolution,
  useBias: boolean,
): void {
  const padding = (kernelSize - 1) / 2;
  chain.add(`conv${index}`, "conv2d", { filters, kernelSize, strides, padding, groups, useBias });
}

function squeeze(chain: FragmentChain, values: Options): void {
  if (values.squeezeRatio === 0) return;
  const channels = outputChannels(values);
  const filters = Math.max(1, Math.floor(channels / values.squeezeRatio));
  chain.add("se", "squeezeExciteBlock", { filters });
}

function original(input: Shape, values: Options, strides: Pair) {
  const chain = new FragmentChain();
  const { activation, epsilon, biases } = values;
  const all = convolutions(values, strides);
  for (const [place, convolution] of all.entries()) {
    const isLast = place === all.length - 1;
    convolve(chain, place + 1, convolution, biases === "all" || (isLast && biases === "last"));
    chain.add(`bn${place + 1}`, "batchNormalization", { epsilon });
    if (!isLast) chain.activate(`${activation}${place + 1}`, activation);
  }
  squeeze(chain, values);
  const body = chain.last;
  const shortcut = addShortcut(chain, "input", input, values, strides);
  if (shortcut !== undefined) chain.add("add", "add", {}, [body, shortcut]);
  chain.activate(activation, activation);
  return { nodes: chain.nodes, output: chain.last };
}

function preActivation(input: Shape, values: Options, strides: Pair) {
  const chain = new FragmentChain();
  const { activation, epsilon, biases } = values;
  const all = convolutions(values, strides);
  let activated = "input";
  for (const [place, convolution] of all.entries()) {
    const isLast = place === all.length - 1;
    chain.add(`bn${place + 1}`, "batchNormalization", { epsilon });
    chain.activate(`${activation}${place + 1}`, activation);
    if (place === 0) activated = chain.last;
    convolve(chain, place + 1, convolution, biases === "all" || (isLast && biases === "last"));
  }
  squeeze(chain, values);
  const body = chain.last;
  const shortcut = addShortcut(chain, activated, input, values, strides);
  if (shortcut !== undefined) chain.add("add", "add", {}, [body, shortcut]);
  return { nodes: chain.nodes, output: chain.last };
}

/** The id whose output is added to the body, or `undefined` for a plain network. */
function addShortcut(
  chain: FragmentChain,
  projectedFrom: string,
  input: Shape,
  values: Options,
  strides: Pair,
): string | undefined {
  const inputChannels = input.at(-1) ?? 0;
  const channels = outputChannels(values);
  const steps = strides[0] > 1 || strides[1] > 1;
  switch (shortcutKind(values, inputChannels !== channels, steps)) {
    case "none":
      return undefined;
    case "identity":
      return "input";
    case "projection": {
      const useBias = values.biases !== "none";
      const convolution = { filters: channels, kernelSize: 1, strides, useBias };
      chain.add("projection", "conv2d", convolution, projectedFrom);
      return values.order === "original"
        ? chain.add("projection_bn", "batchNormalization", { epsilon: values.epsilon })
        : chain.last;
    }
    case "zeroPadding": {
      chain.last = "input";
      if (steps) chain.add("subsample", "maxPooling2d", { poolSize: 1, strides });
      const after = channels - inputChannels;
      return after > 0 ? chain.add("zeros", "channelPadding", { after }) : chain.last;
    }
  }
}

function shortcutKind(values: Options, changesChannels: boolean, steps: boolean) {
  switch (values.shortcut) {
    case "none":
    case "identity":
    case "projection":
      return values.shortcut;
    case "zeroPadding":
      return changesChannels || steps ? "zeroPadding" : "identity";
    case "auto":
      if (changesChannels) return "projection";
      if (!steps) return "identity";
      return values.strideIn === "last" ? "zeroPadding" : "projection";
  }
}
