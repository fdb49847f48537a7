import { t } from "../../core/text/t.ts";
import type { Loss, TrainingRecipe } from "../../core/design/training.ts";
import { type GraphBuilder, first } from "./builder.ts";
import type { OperationType, Tensor } from "./operation.ts";

/** A loss and where its gradient begins. */
export interface LossResult {
  /** Mean over the batch, a scalar. */
  readonly value: Tensor;
  /** The tensor that the loss was computed from: logits, or the output itself. */
  readonly from: Tensor;
  /** Gradient of `value` with respect to `from`. */
  readonly gradient: Tensor;
}

/** The parts of a recipe that decide about the loss. */
export type LossRecipe = Pick<TrainingRecipe, "loss" | "labelSmoothing"> &
  Partial<Pick<TrainingRecipe, "classWeights">>;

/** The network's output does not suit the loss; the message says what to change. */
export class LossMismatchError extends Error {}

/** Adds the loss of `output`, `[batch, classes]`, against labels of the same shape. */
export function addLoss(
  graph: GraphBuilder,
  { loss, labelSmoothing, classWeights = "none" }: LossRecipe,
  output: Tensor,
  labels: Tensor,
): LossResult {
  return graph.within("loss", () => {
    if (classWeights === "none") {
      return lossFunctions[loss](graph, output, labels, labelSmoothing);
    }
    if (lossFunctions[loss] !== crossEntropy) {
      throw new LossMismatchError(
        t(
          "The loss {0} does not know classes that exclude each other, so it takes no classWeights. Remove them, or choose the loss categoricalCrossentropy.",
          loss,
        ),
      );
    }
    return weighted(graph, output, labels, labelSmoothing);
  });
}

type LossFunction = (
  graph: GraphBuilder,
  output: Tensor,
  labels: Tensor,
  labelSmoothing: number,
) => LossResult;

/** Cross-entropy from the logits before the softmax, which cannot overflow; d logits = (p − y) / batch. */
const crossEntropy: LossFunction = (graph, output, labels, labelSmoothing) => {
  const { entropies, slopes, logits } = entropiesOf(graph, output, labels, labelSmoothing);
  return {
    value: graph.reduce("Mean", entropies, [0], false),
    from: logits,
    gradient: graph.binary("RealDiv", slopes, countOf(graph, entropies)),
  };
};

/** The same with each example counting as much as its labels add up to. */
const weighted: LossFunction = (graph, output, labels, labelSmoothing) => {
  const weights = graph.reduce("Sum", labels, [1], false);
  const columns = graph.reduce("Sum", labels, [1], true);
  const shares = graph.binary("RealDiv", labels, columns);
  const { entropies, slopes, logits } = entropiesOf(graph, output, shares, labelSmoothing);
  return {
    value: graph.reduce("Mean", graph.binary("Mul", entropies, weights), [0], false),
    from: logits,
    gradient: graph.binary(
      "RealDiv",
      graph.binary("Mul", slopes, columns),
      countOf(graph, entropies),
    ),
  };
};

/** Cross-entropies of the examples with their gradients, from labels that add up to 1. */
function entropiesOf(
  graph: GraphBuilder,
  output: Tensor,
  labels: Tensor,
  labelSmoothing: number,
): { readonly entropies: Tensor; readonly slopes: Tensor; readonly logits: Tensor } {
  const logits = inputOf(graph, output, "Softmax");
  if (logits === undefined) {
    throw new LossMismatchError(
      t(
        "The loss needs probabilities, and the last layer does not give them. Give the last layer the activation softmax, or choose the loss meanSquaredError.",
      ),
    );
  }
  const smooth = smoothed(graph, labels, labelSmoothing, 1 / (labels.shape[1] ?? 1));
  const [entropies, slopes] = graph.addMany("SoftmaxCrossEntropyWithLogits", [logits, smooth], {}, [
    { shape: [-1] },
    { shape: logits.shape },
  ]) as readonly [Tensor, Tensor];
  return { entropies, slopes, logits };
}

const lossFunctions: Readonly<Record<Loss, LossFunction>> = {
  categoricalCrossentropy: crossEntropy,
  // The labels arrive as one-hot rows, whatever a data set's files hold.
  sparseCategoricalCrossentropy: crossEntropy,
  /**
   * Mean of softplus(x) − y · x over the batch and the classes, x before the sigmoid, which cannot overflow;
   * d x = (σ(x) − y) / count.
   */
  binaryCrossentropy(graph, output, labels, labelSmoothing) {
    const logits = inputOf(graph, output, "Sigmoid");
    if (logits === undefined) {
      throw new LossMismatchError(
        t(
          "The loss binaryCrossentropy needs a probability for each class, and the last layer does not give them. Give the last layer the activation sigmoid, or choose another loss.",
        ),
      );
    }
    const smooth = smoothed(graph, labels, labelSmoothing, 0.5);
    const entropies = graph.binary(
      "Sub",
      graph.unary("Softplus", logits),
      graph.binary("Mul", smooth, logits),
    );
    return {
      value: graph.reduce("Mean", entropies, [0, 1], false),
      from: logits,
      gradient: graph.binary(
        "RealDiv",
        graph.binary("Sub", output, smooth),
        countOf(graph, logits),
      ),
    };
  },
  /** Mean of (output − y)² over the batch and the classes. */
  meanSquaredError(graph, output, labels) {
    const difference = graph.binary("Sub", output, labels);
    return {
      value: graph.reduce("Mean", graph.unary("Square", difference), [0, 1], false),
      from: output,
      gradient: graph.binary("RealDiv", graph.scale(difference, 2), countOf(graph, output)),
    };
  },
};

/** What a tensor was computed from, where that was an operation of this type. */
function inputOf(graph: GraphBuilder, output: Tensor, type: OperationType): Tensor | undefined {
  const producer = graph.producerOf(output);
  return producer.type === type ? first<Tensor>(producer.inputs) : undefined;
}

/** Number of values as a float32 scalar. */
function countOf(graph: GraphBuilder, x: Tensor): Tensor {
  const count = graph.add("Size", [x], {}, { shape: [], dataType: "int32" });
  return graph.cast(count, "float32");
}

/** Labels with a share of each taken away and spread, as Keras does: y · (1 − share) + share · level. */
function smoothed(graph: GraphBuilder, labels: Tensor, share: number, level: number): Tensor {
  return share === 0
    ? labels
    : graph.binary("AddV2", graph.scale(labels, 1 - share), graph.scalar(share * level));
}
