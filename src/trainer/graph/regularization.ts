import type { Regularizer } from "../../core/layers/option.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Tensor } from "./operation.ts";
import type { WeightVariable } from "./trainingGraph.ts";

/** `l1 · Σ|w| + l2 · Σw²` over the regularised weights that are trained, a scalar; nothing where there is none. */
export function addPenalty(
  graph: GraphBuilder,
  weights: readonly WeightVariable[],
  readOf: (weight: WeightVariable) => Tensor,
): Tensor | undefined {
  const parts = weights.flatMap((weight) => {
    const { regularizer, trainable } = weight.weight;
    return regularizer === undefined || !trainable
      ? []
      : graph.within(`${weight.name}/penalty`, () =>
          penaltyParts(graph, readOf(weight), regularizer),
        );
  });
  return parts.length === 0 ? undefined : graph.within("penalty", () => graph.sum(parts));
}

function penaltyParts(
  graph: GraphBuilder,
  weight: Tensor,
  { l1, l2 }: Regularizer,
): readonly Tensor[] {
  const total = (values: Tensor) => graph.reduce("Sum", values, [...values.shape.keys()], false);
  const absolute = () => graph.binary("Mul", weight, sign(graph, weight));
  return [
    ...(l1 === 0 ? [] : [graph.scale(total(absolute()), l1)]),
    ...(l2 === 0 ? [] : [graph.scale(total(graph.unary("Square", weight)), l2)]),
  ];
}

/** Gradient of the penalty with respect to one weight: `l1 · sign(w) + 2 · l2 · w`. */
export function penaltyGradient(
  graph: GraphBuilder,
  weight: Tensor,
  { l1, l2 }: Regularizer,
): Tensor {
  return graph.sum([
    ...(l1 === 0 ? [] : [graph.scale(sign(graph, weight), l1)]),
    ...(l2 === 0 ? [] : [graph.scale(weight, 2 * l2)]),
  ]);
}

/** 1, 0 or -1, as TensorFlow's gradient of the absolute value. */
function sign(graph: GraphBuilder, x: Tensor): Tensor {
  const reaches = (a: Tensor, b: Tensor) =>
    graph.cast(graph.binary("GreaterEqual", a, b), "float32");
  const zero = graph.scalar(0);
  return graph.binary("Sub", reaches(x, zero), reaches(zero, x));
}
