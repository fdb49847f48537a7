import type { Activation } from "../../../core/layers/activations.ts";
import type { Pair } from "../../../core/layers/option.ts";
import { activate } from "../functions/activate.ts";
import { convolve, convolveDepthwise } from "../functions/convolve.ts";
import { convolveTransposed } from "../functions/convolveTransposed.ts";
import { addBias, multiplyByMatrix } from "../functions/denseProduct.ts";
import { reshape } from "../functions/reshape.ts";
import type { Tensor } from "../operation.ts";
import { type LayerRule, type RuleContext, onlyInput } from "../rule.ts";

export const conv2d: LayerRule<"conv2d"> = (context, { options }, inputs) => {
  const { tape, weight } = context;
  const sums = convolve(tape, onlyInput(inputs), weight("kernel"), options, options.groups);
  return finish(context, sums, options);
};

export const depthwiseConv2d: LayerRule<"depthwiseConv2d"> = (context, { options }, inputs) => {
  const { tape, weight } = context;
  const sums = convolveDepthwise(tape, onlyInput(inputs), weight("depthwiseKernel"), options);
  return finish(context, sums, options);
};

export const separableConv2d: LayerRule<"separableConv2d"> = (context, { options }, inputs) => {
  const { tape, weight } = context;
  const perChannel = convolveDepthwise(tape, onlyInput(inputs), weight("depthwiseKernel"), options);
  const mixed = convolve(tape, perChannel, weight("pointwiseKernel"), {
    strides: [1, 1],
    dilationRate: [1, 1],
    padding: "valid",
  });
  return finish(context, mixed, options);
};

export const conv2dTranspose: LayerRule<"conv2dTranspose"> = (context, layer, inputs) => {
  const { tape, weight } = context;
  const { options, inference } = layer;
  const [height = 0, width = 0] = inference?.outputShape ?? [];
  const size: Pair = [height, width];
  const sums = convolveTransposed(tape, onlyInput(inputs), weight("kernel"), options, size);
  return finish(context, sums, options);
};

/** A plain convolution whose kernel has the table's filters in their places and zeros elsewhere. */
export const tableConv2d: LayerRule<"tableConv2d"> = (context, { options }, inputs) => {
  const { tape, weight } = context;
  const x = onlyInput(inputs);
  const depth = x.shape[3] ?? 0;
  const filters = options.connections.length;
  const [height = 0, width = 0, pairs = 0] = weight("kernel").shape;
  const places = options.connections.flatMap((row, filter) =>
    row.map((channel) => channel * filters + filter),
  );
  const selection = Array.from({ length: depth * filters }, (_, place) =>
    places.map((wanted) => (wanted === place ? 1 : 0)),
  );
  const matrix = tape.graph.constant(selection.flat(), [depth * filters, pairs]);
  const taps = reshape(tape, weight("kernel"), [height * width, pairs]);
  const kernel = reshape(tape, multiplyByMatrix(tape, taps, matrix), [
    height,
    width,
    depth,
    filters,
  ]);
  const sums = convolve(tape, x, kernel, { ...options, dilationRate: [1, 1] });
  return finish(context, sums, options);
};

interface Finish {
  readonly useBias: boolean;
  readonly activation: Activation;
}

function finish(
  { tape, weight }: RuleContext,
  sums: Tensor,
  { useBias, activation }: Finish,
): Tensor {
  return activate(tape, activation, useBias ? addBias(tape, sums, weight("bias")) : sums);
}
