import { activate } from "../functions/activate.ts";
import { convolve } from "../functions/convolve.ts";
import { addBias } from "../functions/denseProduct.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const conv2d: LayerRule<"conv2d"> = ({ tape, weight }, { options }, inputs) => {
  const sums = convolve(tape, onlyInput(inputs), weight("kernel"), options, options.groups);
  const biased = options.useBias ? addBias(tape, sums, weight("bias")) : sums;
  return activate(tape, options.activation, biased);
};
