import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { multiplyByConstant } from "./arithmetic.ts";

/**
 * Sets a share of the values to zero and scales the rest (Srivastava et al. 2014).
 * The mask depends on the seed and the step only, so that a run can be repeated and resumed.
 */
export function dropOut(tape: Tape, x: Tensor, rate: number, step: Tensor, seed: number): Tensor {
  if (rate === 0) {
    return x;
  }
  const { graph } = tape;
  const size = x.shape.slice(1);
  const random = graph.add("StatelessRandomUniform", [step, x], { seed, size }, { shape: x.shape });
  const kept = graph.binary("GreaterEqual", random, graph.scalar(rate));
  return multiplyByConstant(tape, x, graph.scale(graph.cast(kept, "float32"), 1 / (1 - rate)));
}
