import type { Loss } from "../design/training.ts";
import type { Fix } from "../design/problem.ts";
import { formatShape } from "../layers/shape.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import { t } from "../text/t.ts";

/** Why a network without errors cannot be trained; the message goes on after the node's name and a colon. */
export interface TrainingObstacle {
  readonly reason: "outputs" | "unsupportedLayer" | "loss";
  readonly node: string;
  readonly message: string;
  readonly option?: string;
  readonly fix?: Fix;
}

/** What is in the way at the ends of a network, whatever the loss; nothing where there is no output at all. */
export function outputObstacle(network: Network): TrainingObstacle | undefined {
  return firstOf(network, obstacleAt);
}

/** What is in the way of training with this loss, or nothing. */
export function trainingObstacle(network: Network, loss: Loss): TrainingObstacle | undefined {
  const activation = neededActivation[loss];
  return (
    outputObstacle(network) ??
    firstOf(network, (output) =>
      activation === undefined || output.inference === undefined || endsIn(output, activation)
        ? undefined
        : noProbabilities(output, loss, activation),
    )
  );
}

/** The first obstacle among the outputs, the main one before the auxiliary ones. */
function firstOf(
  { byId, outputs }: Network,
  find: (output: NetworkLayer) => TrainingObstacle | undefined,
): TrainingObstacle | undefined {
  for (const id of outputs) {
    const output = byId.get(id);
    const obstacle = output && find(output);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function obstacleAt({ node, type, inference }: NetworkLayer): TrainingObstacle | undefined {
  if (type === "radialBasis") {
    return {
      reason: "unsupportedLayer",
      node,
      message: t(
        "the output gives distances, of which the smallest wins. Add rescaling with the scale -1 and the activation softmax behind it to train the design.",
      ),
    };
  }
  const shape = inference?.outputShape;
  if (shape === undefined || shape.length === 1) return undefined;
  return {
    reason: "outputs",
    node,
    message: t(
      "the output is {0}; training needs one value a class. Add flatten or globalAveragePooling2d before the end.",
      formatShape(shape),
    ),
  };
}

/** What the last layer must end in for a loss that is computed from probabilities. */
const neededActivation: Readonly<Record<Loss, "softmax" | "sigmoid" | undefined>> = {
  categoricalCrossentropy: "softmax",
  sparseCategoricalCrossentropy: "softmax",
  binaryCrossentropy: "sigmoid",
  meanSquaredError: undefined,
};

function endsIn({ options }: NetworkLayer, activation: string): boolean {
  return "activation" in options && options.activation === activation;
}

function noProbabilities(
  { id, node, options }: NetworkLayer,
  loss: Loss,
  activation: "softmax" | "sigmoid",
): TrainingObstacle {
  const isPlain = id === node && "activation" in options && options.activation === "linear";
  return {
    reason: "loss",
    node,
    message: t(
      "the loss {0} needs probabilities, and the last layer does not give them. Give the last layer the activation {1}, or choose the loss meanSquaredError.",
      loss,
      activation,
    ),
    ...(isPlain
      ? {
          fix: {
            title: t("Set Activation to {0}", activation === "softmax" ? "Softmax" : "Sigmoid"),
            command: { type: "setOption", nodes: [node], option: "activation", value: activation },
          },
        }
      : {}),
  };
}
