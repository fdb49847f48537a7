import type { OptimizerRecipe } from "../../core/design/training.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Tensor } from "./operation.ts";
import type { WeightGradient } from "./optimizers.ts";

/** The gradients within the limits of the recipe, as Keras limits them; 0 is no limit. */
export function clipped(
  graph: GraphBuilder,
  { clipNorm, globalClipNorm, clipValue }: OptimizerRecipe,
  gradients: readonly WeightGradient[],
): readonly WeightGradient[] {
  if (clipNorm > 0) {
    return gradients.map((one) => {
      const norm = graph.unary("Sqrt", squaredNorm(graph, one.gradient));
      return shortened(graph, one, norm, clipNorm);
    });
  }
  if (globalClipNorm > 0 && gradients.length > 0) {
    const squares = gradients.map(({ gradient }) => squaredNorm(graph, gradient));
    const norm = graph.unary("Sqrt", graph.sum(squares));
    return gradients.map((one) => shortened(graph, one, norm, globalClipNorm));
  }
  if (clipValue > 0) {
    return gradients.map((one) => {
      const high = graph.binary("Minimum", one.gradient, graph.scalar(clipValue));
      return { ...one, gradient: graph.binary("Maximum", high, graph.scalar(-clipValue)) };
    });
  }
  return gradients;
}

/** Sum of the squares of a tensor, a scalar. */
export function squaredNorm(graph: GraphBuilder, x: Tensor): Tensor {
  return graph.reduce("Sum", graph.unary("Square", x), [...x.shape.keys()], false);
}

/** g · limit / max(norm, limit). */
function shortened(
  graph: GraphBuilder,
  one: WeightGradient,
  norm: Tensor,
  limit: number,
): WeightGradient {
  const longest = graph.scalar(limit);
  const factor = graph.binary("RealDiv", longest, graph.binary("Maximum", norm, longest));
  return { ...one, gradient: graph.binary("Mul", one.gradient, factor) };
}
