import type { Inference } from "../layers/layer.ts";
import type { Shape } from "../layers/shape.ts";
import type { ParameterCount } from "./analysis.ts";
import { type Formulas, formulasOf, sumOf } from "./formulas.ts";
import { countParameters } from "./parameters.ts";

/** What follows from the inference of a layer alone. */
export interface Counts {
  readonly parameters: ParameterCount;
  readonly macs: number;
  readonly formulas: Formulas;
}

/** Copies of a block share their inferences, so each is counted and written out once. */
const known = new WeakMap<Inference, Counts>();

/** Numbers and formulas of a layer with the shape of its first input. */
export function countInference(inference: Inference, input: Shape | undefined): Counts {
  const before = known.get(inference);
  if (before !== undefined) return before;
  const counts = {
    parameters: countParameters(inference.weights),
    macs: sumOf(inference.macs),
    formulas: formulasOf(input, inference),
  };
  known.set(inference, counts);
  return counts;
}
