import type { Tensor } from "../operation.ts";
import type { Tape } from "../tape.ts";

/**
 * Σ (x − c)² for `x` of `[batch, inputs]` and every column c of fixed `centers`, `[inputs, units]`;
 * dx = 2 · Σ dy · (x − c).
 */
export function squaredDistances(tape: Tape, x: Tensor, centers: Tensor): Tensor {
  const { graph } = tape;
  const [inputs = 0, units = 0] = centers.shape;
  const columns = graph.reshape(x, [-1, inputs, 1]);
  const differences = graph.binary("Sub", columns, graph.reshape(centers, [1, inputs, units]));
  return tape.record(graph.reduce("Sum", graph.unary("Square", differences), [1], false), [
    {
      of: x,
      gradient(dy) {
        const rows = graph.reshape(graph.scale(dy, 2), [-1, 1, units]);
        return graph.reduce("Sum", graph.binary("Mul", differences, rows), [2], false);
      },
    },
  ]);
}
