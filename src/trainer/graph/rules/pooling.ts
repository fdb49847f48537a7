import type { LayerOptions } from "../../../core/layers/layers.ts";
import { activate } from "../functions/activate.ts";
import { multiply } from "../functions/arithmetic.ts";
import { addBias } from "../functions/denseProduct.ts";
import type { Placement } from "../functions/place.ts";
import {
  adaptiveAveragePool,
  averagePool,
  globalAverage,
  maxPool,
  sumPool,
} from "../functions/pool.ts";
import { alongChannels, reshape } from "../functions/reshape.ts";
import type { Tensor } from "../operation.ts";
import { type LayerRule, onlyInput } from "../rule.ts";
import type { Tape } from "../tape.ts";

export const maxPooling2d: LayerRule<"maxPooling2d"> = ({ tape }, { options }, inputs) =>
  maxPool(tape, onlyInput(inputs), placementOf(options));

export const averagePooling2d: LayerRule<"averagePooling2d"> = ({ tape }, { options }, inputs) =>
  averagePool(tape, onlyInput(inputs), placementOf(options), options.countIncludePad);

export const adaptiveAveragePooling2d: LayerRule<"adaptiveAveragePooling2d"> = (
  { tape },
  { options },
  inputs,
) => adaptiveAveragePool(tape, onlyInput(inputs), options.outputSize);

/** activation(coefficient · sum of the window + bias) (LeCun et al. 1998). */
export const subsampling2d: LayerRule<"subsampling2d"> = (
  { tape, weight },
  { options },
  inputs,
) => {
  const sums = sumPool(tape, onlyInput(inputs), placementOf(options));
  const scaled = multiply(tape, sums, alongChannels(tape, weight("coefficient"), sums));
  return activate(tape, options.activation, addBias(tape, scaled, weight("bias")));
};

export const globalAveragePooling2d: LayerRule<"globalAveragePooling2d"> = (
  { tape },
  { options },
  inputs,
) => vectorUnless(options.keepDimensions, tape, globalAverage(tape, onlyInput(inputs)));

export const globalMaxPooling2d: LayerRule<"globalMaxPooling2d"> = (
  { tape },
  { options },
  inputs,
) => {
  const x = onlyInput(inputs);
  const [, height = 1, width = 1] = x.shape;
  const largest = maxPool(tape, x, {
    kernel: [height, width],
    strides: [1, 1],
    dilationRate: [1, 1],
    padding: "valid",
  });
  return vectorUnless(options.keepDimensions, tape, largest);
};

function placementOf({
  poolSize,
  strides,
  padding,
  ceilMode,
}: LayerOptions<"maxPooling2d">): Placement {
  return {
    kernel: poolSize,
    strides: strides ?? poolSize,
    padding,
    ceilMode,
    dilationRate: [1, 1],
  };
}

const vectorUnless = (keepDimensions: boolean, tape: Tape, map: Tensor): Tensor =>
  keepDimensions ? map : reshape(tape, map, [-1, map.shape[3] ?? 0]);
