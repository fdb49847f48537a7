import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";
import { multiplyByConstant } from "./arithmetic.ts";

/** How much is dropped, and what the mask follows from. */
export interface DropOutOptions {
  readonly rate: number;
  /** Number of the training step, an int32 scalar. */
  readonly step: Tensor;
  readonly seed: number;
  readonly whole?: boolean;
}

/**
 * Sets a share of the values to zero and scales the rest (Srivastava et al. 2014); `whole` does so with whole channels
 * of a map (Tompson et al. 2014).
 * The mask depends on the seed and the step only, so that a run can be repeated and resumed.
 */
export function dropOut(
  tape: Tape,
  x: Tensor,
  { rate, step, seed, whole = false }: DropOutOptions,
): Tensor {
  if (rate === 0) {
    return x;
  }
  const { graph } = tape;
  const size = whole ? [1, 1, x.shape[3] ?? 0] : x.shape.slice(1);
  const random = graph.add(
    "StatelessRandomUniform",
    [step, x],
    { seed, size },
    { shape: [-1, ...size] },
  );
  const kept = graph.binary("GreaterEqual", random, graph.scalar(rate));
  return multiplyByConstant(tape, x, graph.scale(graph.cast(kept, "float32"), 1 / (1 - rate)));
}
