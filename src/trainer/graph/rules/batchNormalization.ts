import { normalizeBatch, normalizeByAverages } from "../functions/normalize.ts";
import { reshape } from "../functions/reshape.ts";
import { type LayerRule, onlyInput } from "../rule.ts";

export const batchNormalization: LayerRule<"batchNormalization"> = (
  { tape, mode, weight, average },
  { options },
  inputs,
) => {
  const { epsilon, momentum, scale, center, trainable } = options;
  const x = onlyInput(inputs);
  const channels = x.shape.at(-1) ?? 0;
  const constant = (value: number) =>
    tape.graph.constant(
      Array.from({ length: channels }, () => value),
      [channels],
    );
  const gamma = scale ? weight("gamma") : constant(1);
  const beta = center ? weight("beta") : constant(0);
  // Keras's frozen layer does not learn its averages either.
  if (mode === "inference" || !trainable) {
    const averages = { mean: weight("movingMean"), variance: weight("movingVariance") };
    return normalizeByAverages(tape, x, gamma, beta, averages, epsilon);
  }
  const isMap = x.shape.length === 4;
  const map = isMap ? x : reshape(tape, x, [-1, 1, 1, channels]);
  const normalized = normalizeBatch(tape, map, gamma, beta, epsilon);
  average("movingMean", normalized.mean, momentum);
  average("movingVariance", normalized.variance, momentum);
  return isMap ? normalized.output : reshape(tape, normalized.output, [-1, channels]);
};
