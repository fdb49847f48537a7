import { activationOption } from "./activations.ts";
import { isFeatureMap } from "./shape.ts";
import { defineLayer } from "./layer.ts";
import { resolveWindow } from "./window.ts";

/** 2-D convolution (cross-correlation) as in Keras: kernel `[kh, kw, inputs / groups, filters]`. */
export const conv2d = defineLayer({
  type: "conv2d",
  title: "Conv2D",
  category: "convolution",
  summary: "Slides filters over the image and sums what they see.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: { kind: "integer", minimum: 1, description: "Number of output channels." },
    kernelSize: {
      kind: "pair",
      minimum: 1,
      description: "Height and width of the filter in pixels.",
    },
    strides: {
      kind: "pair",
      minimum: 1,
      default: [1, 1],
      description: "Step of the filter in pixels.",
    },
    padding: { kind: "padding", default: "valid", description: "Pixels added around the image." },
    dilationRate: {
      kind: "pair",
      minimum: 1,
      default: [1, 1],
      description: "Distance between the taps of the filter.",
    },
    groups: {
      kind: "integer",
      minimum: 1,
      default: 1,
      description: "Channels are split into this many separate convolutions.",
    },
    activation: activationOption,
    useBias: { kind: "boolean", default: true, description: "Adds one trainable number a filter." },
  },
  infer([input], options) {
    if (input === undefined || !isFeatureMap(input)) {
      return {
        misfit: `needs a feature map of height × width × channels, not ${input?.join(" × ") ?? "nothing"}`,
      };
    }
    const [, , channels] = input;
    if (channels % options.groups !== 0 || options.filters % options.groups !== 0) {
      return {
        misfit: `${channels} input channels and ${options.filters} filters cannot be split into ${options.groups} groups`,
        option: "groups",
      };
    }
    const window = resolveWindow(input, options.kernelSize, options);
    if ("misfit" in window) return window;
    const [kernelHeight, kernelWidth] = options.kernelSize;
    const depth = channels / options.groups;
    const [height, width] = window.outputSize;
    const fans = [
      kernelHeight * kernelWidth * depth,
      kernelHeight * kernelWidth * (options.filters / options.groups),
    ] as const;
    return {
      outputShape: [height, width, options.filters],
      weights: [
        {
          name: "kernel",
          shape: [kernelHeight, kernelWidth, depth, options.filters],
          trainable: true,
          initializer: "glorotUniform",
          fans,
        },
        ...(options.useBias
          ? [
              {
                name: "bias",
                shape: [options.filters],
                trainable: true,
                initializer: "zeros",
              } as const,
            ]
          : []),
      ],
      macs: [[height, width, kernelHeight, kernelWidth, depth, options.filters]],
      window: window.window,
    };
  },
});
