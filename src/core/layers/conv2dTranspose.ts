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
import { defineLayer, type AxisWindow } from "./layer.ts";
import { needsFeatureMap } from "./misfits.ts";
import type { ExplicitPadding, Padding } from "./option.ts";
import { isFeatureMap } from "./shape.ts";
import { biasWeight, kernelWeight } from "./weight.ts";
import { trainableOption } from "./trainableOption.ts";
import { t } from "../text/t.ts";

/**
 * Transposed convolution: kernel `[kh, kw, filters, inputs]`. `same` and `valid` give Keras' sizes (`n·s`, and
 * `n·s + max(k − s, 0)`), explicit padding PyTorch's: `(n − 1)·s − p + d·(k − 1) + 1` and `outputPadding`.
 */
export const conv2dTranspose = defineLayer({
  type: "conv2dTranspose",
  title: "Conv2DTranspose",
  category: "convolution",
  summary: "Enlarges the map: each value paints a filter into the output.",
  inputs: { minimum: 1, maximum: 1 },
  options: {
    filters: filtersOption,
    kernelSize: kernelSizeOption,
    strides: stridesOption,
    padding: paddingOption,
    outputPadding: {
      kind: "pair",
      minimum: 0,
      default: [0, 0],
      description: "Rows and columns added behind the output; for explicit padding.",
    },
    dilationRate: dilationRateOption,
    activation: activationOption,
    useBias: useBiasOption,
    kernelInitializer: kernelInitializerOption,
    biasInitializer: biasInitializerOption,
    kernelRegularizer: kernelRegularizerOption,
    trainable: trainableOption,
  },
  infer([input], options) {
    if (input === undefined || !isFeatureMap(input)) return needsFeatureMap(input);
    const [inputHeight, inputWidth, channels] = input;
    const { filters, kernelSize, strides, padding, dilationRate, outputPadding } = options;
    const axis = (place: 0 | 1, extent: number) =>
      transposeAxis(extent, {
        kernel: kernelSize[place],
        stride: strides[place],
        dilation: dilationRate[place],
        padding: sides(padding, place),
        outputPadding: outputPadding[place],
      });
    const vertical = axis(0, inputHeight);
    const horizontal = axis(1, inputWidth);
    if (vertical.output < 1 || horizontal.output < 1) {
      return { misfit: t("the padding takes away the whole output"), option: "padding" };
    }
    const [kernelHeight, kernelWidth] = kernelSize;
    const area = kernelHeight * kernelWidth;
    return {
      outputShape: [vertical.output, horizontal.output, filters],
      weights: [
        kernelWeight(
          [kernelHeight, kernelWidth, filters, channels],
          [area * channels, area * filters],
          options,
        ),
        ...biasWeight(filters, options),
      ],
      macs: [[inputHeight, inputWidth, kernelHeight, kernelWidth, channels, filters]],
      window: { type: "local", height: vertical.window, width: horizontal.window },
    };
  },
});

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: "same" | "valid" | readonly [before: number, after: number];
  readonly outputPadding: number;
}

function sides(padding: Padding, place: 0 | 1): Axis["padding"] {
  return typeof padding === "string" ? padding : sidesOf(padding)[place];
}

function sidesOf(
  padding: ExplicitPadding,
): readonly [readonly [number, number], readonly [number, number]] {
  return [
    [padding.top, padding.bottom],
    [padding.left, padding.right],
  ];
}

/** Padding before the output that is cut away, and what is left of the output. */
function cut(
  extent: number,
  effective: number,
  { stride, padding, outputPadding }: Axis,
): readonly [before: number, output: number] {
  const surplus = Math.max(effective - stride, 0);
  if (padding === "same") return [Math.floor(surplus / 2), extent * stride];
  if (padding === "valid") return [0, extent * stride + surplus];
  const whole = (extent - 1) * stride + effective;
  return [padding[0], whole - padding[0] - padding[1] + outputPadding];
}

function transposeAxis(
  extent: number,
  axis: Axis,
): { readonly output: number; readonly window: AxisWindow } {
  const { kernel, stride, dilation } = axis;
  const effective = dilation * (kernel - 1) + 1;
  const [before, output] = cut(extent, effective, axis);
  // As a convolution over the spread input, whose first `effective − 1` windows reach before it.
  const leading = effective - 1 - before;
  const spread = (extent - 1) * stride + 1;
  return {
    output,
    window: {
      size: kernel,
      stride: 1,
      dilation,
      padding: leading,
      paddingAfter: output - 1 - leading + effective - spread,
      upsampling: stride,
    },
  };
}
