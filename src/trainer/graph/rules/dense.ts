import { activate } from "../functions/activate.ts";
import { addBias, denseProduct } from "../functions/denseProduct.ts";
import { squaredDistances } from "../functions/squaredDistances.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const dense: LayerRule<"dense"> = ({ tape, weight }, { options }, inputs) => {
  const sums = denseProduct(tape, onlyInput(inputs), weight("kernel"));
  const biased = options.useBias ? addBias(tape, sums, weight("bias")) : sums;
  return activate(tape, options.activation, biased);
};

export const radialBasis: LayerRule<"radialBasis"> = ({ tape, weight }, _layer, inputs) =>
  squaredDistances(tape, onlyInput(inputs), weight("centers"));
