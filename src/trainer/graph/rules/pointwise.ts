import { activate } from "../functions/activate.ts";
import { addAll, multiply, scale, shift } from "../functions/arithmetic.ts";
import { dropOut } from "../functions/dropOut.ts";
import { alongChannels, reshape } from "../functions/reshape.ts";
import type { Tensor } from "../operation.ts";
import { type LayerRule, type RuleContext, onlyInput } from "../rule.ts";

export const activation: LayerRule<"activation"> = ({ tape }, { options }, inputs) =>
  activate(tape, options.activation, onlyInput(inputs));

export const dropout: LayerRule<"dropout"> = (context, { options }, inputs) =>
  drop(context, onlyInput(inputs), options.rate, false);

export const spatialDropout2d: LayerRule<"spatialDropout2d"> = (context, { options }, inputs) =>
  drop(context, onlyInput(inputs), options.rate, true);

function drop(
  { tape, mode, step, seed }: RuleContext,
  x: Tensor,
  rate: number,
  whole: boolean,
): Tensor {
  return mode === "training" ? dropOut(tape, x, { rate, step, seed, whole }) : x;
}

export const rescaling: LayerRule<"rescaling"> = ({ tape }, { options }, inputs) =>
  shift(tape, scale(tape, onlyInput(inputs), options.scale), options.offset);

/** relu(x) − alpha · relu(−x). */
export const prelu: LayerRule<"prelu"> = ({ tape, weight }, _layer, inputs) => {
  const x = onlyInput(inputs);
  const alpha = weight("alpha");
  const slopes =
    alpha.shape.length === 1
      ? alongChannels(tape, alpha, x)
      : reshape(tape, alpha, [1, ...alpha.shape]);
  const below = scale(tape, activate(tape, "relu", scale(tape, x, -1)), -1);
  return addAll(tape, [activate(tape, "relu", x), multiply(tape, below, slopes)]);
};
