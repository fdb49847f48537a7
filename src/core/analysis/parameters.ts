import type { Weight } from "../layers/layer.ts";
import type { ParameterCount } from "./analysis.ts";
import { productOf } from "./formulas.ts";

/** No weights at all. */
export const noParameters: ParameterCount = { total: 0, trainable: 0, nonTrainable: 0 };

/** Numbers of weights: the products of their shapes and nothing else. */
export function countParameters(weights: readonly Weight[]): ParameterCount {
  let trainable = 0;
  let nonTrainable = 0;
  for (const weight of weights) {
    const count = productOf(weight.shape);
    if (weight.trainable) trainable += count;
    else nonTrainable += count;
  }
  return { total: trainable + nonTrainable, trainable, nonTrainable };
}
