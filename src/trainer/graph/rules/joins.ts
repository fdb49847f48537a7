import { addAll, maximum as larger, multiply as product, scale } from "../functions/arithmetic.ts";
import { concatenateLast } from "../functions/reshape.ts";
import type { Tensor } from "../operation.ts";
import { type LayerRule, onlyInput } from "../rule.ts";
import type { Tape } from "../tape.ts";

export const add: LayerRule<"add"> = ({ tape }, _layer, inputs) => addAll(tape, inputs);

export const average: LayerRule<"average"> = ({ tape }, _layer, inputs) =>
  scale(tape, addAll(tape, inputs), 1 / inputs.length);

export const multiply: LayerRule<"multiply"> = ({ tape }, _layer, inputs) =>
  fold(tape, inputs, product);

export const maximum: LayerRule<"maximum"> = ({ tape }, _layer, inputs) =>
  fold(tape, inputs, larger);

export const concatenate: LayerRule<"concatenate"> = ({ tape }, _layer, inputs) =>
  concatenateLast(tape, inputs);

function fold(
  tape: Tape,
  inputs: readonly Tensor[],
  join: (tape: Tape, a: Tensor, b: Tensor) => Tensor,
): Tensor {
  const [, ...rest] = inputs;
  return rest.reduce((joined, input) => join(tape, joined, input), onlyInput(inputs));
}
