import type { Loss } from "../../core/design/training.ts";
import { type GraphBuilder, first } from "./builder.ts";
import type { Tensor } from "./operation.ts";

/** A loss and where its gradient begins. */
export interface LossResult {
  /** Mean over the batch, a scalar. */
  readonly value: Tensor;
  /** The tensor that the loss was computed from: logits, or the output itself. */
  readonly from: Tensor;
  /** Gradient of `value` with respect to `from`. */
  readonly gradient: Tensor;
}

/** The network's output does not suit the loss; the message says what to change. */
export class LossMismatchError extends Error {}

/** Adds the loss of `output`, `[batch, classes]`, against labels of the same shape. */
export function addLoss(
  graph: GraphBuilder,
  loss: Loss,
  output: Tensor,
  labels: Tensor,
): LossResult {
  return graph.within("loss", () => lossFunctions[loss](graph, output, labels));
}

const lossFunctions: Readonly<
  Record<Loss, (graph: GraphBuilder, output: Tensor, labels: Tensor) => LossResult>
> = {
  /** Cross-entropy from the logits before the softmax, which cannot overflow; d logits = (p − y) / batch. */
  categoricalCrossentropy(graph, output, labels) {
    const producer = graph.producerOf(output);
    if (producer.type !== "Softmax") {
      throw new LossMismatchError(
        "The loss categoricalCrossentropy needs probabilities, and the last layer does not give them. " +
          "Give the last layer the activation softmax, or choose the loss meanSquaredError.",
      );
    }
    const logits = first(producer.inputs);
    const [entropies, slopes] = graph.addMany(
      "SoftmaxCrossEntropyWithLogits",
      [logits, labels],
      {},
      [{ shape: [-1] }, { shape: logits.shape }],
    ) as readonly [Tensor, Tensor];
    const batch = graph.add("Size", [entropies], {}, { shape: [], dataType: "int32" });
    return {
      value: graph.reduce("Mean", entropies, [0], false),
      from: logits,
      gradient: graph.binary("RealDiv", slopes, graph.cast(batch, "float32")),
    };
  },
  /** Mean of (output − y)² over the batch and the classes. */
  meanSquaredError(graph, output, labels) {
    const difference = graph.binary("Sub", output, labels);
    const count = graph.add("Size", [output], {}, { shape: [], dataType: "int32" });
    return {
      value: graph.reduce("Mean", graph.unary("Square", difference), [0, 1], false),
      from: output,
      gradient: graph.binary("RealDiv", graph.scale(difference, 2), graph.cast(count, "float32")),
    };
  },
};
