import { addAll, multiply } from "../functions/arithmetic.ts";
import { normalizeLocally, standardize } from "../functions/normalize.ts";
import { alongChannels, reshape } from "../functions/reshape.ts";
import type { Tensor } from "../operation.ts";
import { type LayerRule, type RuleContext, onlyInput } from "../rule.ts";

/** Over the channels of each position. */
export const layerNormalization: LayerRule<"layerNormalization"> = (
  context,
  { options },
  inputs,
) => {
  const x = onlyInput(inputs);
  const normal = standardize(context.tape, x, [x.shape.length - 1], options.epsilon);
  return affine(context, normal, options);
};

/** Over each group of channels and the whole map. */
export const groupNormalization: LayerRule<"groupNormalization"> = (
  context,
  { options },
  inputs,
) => {
  const { tape } = context;
  const x = onlyInput(inputs);
  const { groups, epsilon } = options;
  const [, ...rest] = x.shape;
  const split = [-1, ...rest.slice(0, -1), groups, (rest.at(-1) ?? 0) / groups];
  // Every axis but the batch and the groups.
  const axes = split.flatMap((_, axis) => (axis === 0 || axis === split.length - 2 ? [] : [axis]));
  const normal = standardize(tape, reshape(tape, x, split), axes, epsilon);
  return affine(context, reshape(tape, normal, x.shape), options);
};

export const localResponseNormalization: LayerRule<"localResponseNormalization"> = (
  { tape },
  { options },
  inputs,
) => normalizeLocally(tape, onlyInput(inputs), options);

interface Affine {
  readonly scale: boolean;
  readonly center: boolean;
}

/** gamma · x + beta, as far as they are wanted. */
function affine({ tape, weight }: RuleContext, x: Tensor, { scale, center }: Affine): Tensor {
  const scaled = scale ? multiply(tape, x, alongChannels(tape, weight("gamma"), x)) : x;
  return center ? addAll(tape, [scaled, alongChannels(tape, weight("beta"), scaled)]) : scaled;
}
