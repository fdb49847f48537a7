import type { Loss } from "../design/training.ts";
import type { Fix } from "../design/problem.ts";
import { formatShape } from "../layers/shape.ts";
import type { Network, NetworkLayer } from "../network/network.ts";

/** Why a network without errors cannot be trained; the message goes on after the node's name and a colon. */
export interface TrainingObstacle {
  readonly reason: "outputs" | "unsupportedLayer" | "loss";
  readonly node: string;
  readonly message: string;
  readonly option?: string;
  readonly fix?: Fix;
}

/** What is in the way at the end of a network, whatever the loss; nothing where there is no output at all. */
export function outputObstacle(network: Network): TrainingObstacle | undefined {
  const { byId, outputs } = network;
  const output = byId.get(outputs[0] ?? "");
  if (output === undefined) return undefined;
  const { node } = output;
  if (outputs.length > 1) {
    return {
      reason: "outputs",
      node,
      message: `training needs exactly one output, and the design has ${outputs.length}: ${outputs.join(", ")}. Connect or remove the others.`,
    };
  }
  if (output.type === "radialBasis") {
    return {
      reason: "unsupportedLayer",
      node,
      message:
        "the output gives distances, of which the smallest wins. " +
        "Add rescaling with the scale -1 and the activation softmax behind it to train the design.",
    };
  }
  const shape = output.inference?.outputShape;
  if (shape === undefined || shape.length === 1) return undefined;
  return {
    reason: "outputs",
    node,
    message: `the output is ${formatShape(shape)}; training needs one value a class. Add flatten or globalAveragePooling2d before the end.`,
  };
}

/** What is in the way of training with this loss, or nothing. */
export function trainingObstacle(network: Network, loss: Loss): TrainingObstacle | undefined {
  const output = network.byId.get(network.outputs[0] ?? "");
  const obstacle = outputObstacle(network);
  if (obstacle !== undefined || output?.inference === undefined) return obstacle;
  const activation = neededActivation[loss];
  return activation === undefined || endsIn(output, activation)
    ? undefined
    : noProbabilities(output, loss, activation);
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
    message:
      `the loss ${loss} needs probabilities, and the last layer does not give them. ` +
      `Give the last layer the activation ${activation}, or choose the loss meanSquaredError.`,
    ...(isPlain
      ? {
          fix: {
            title: `Set Activation to ${activation === "softmax" ? "Softmax" : "Sigmoid"}`,
            command: { type: "setOption", nodes: [node], option: "activation", value: activation },
          },
        }
      : {}),
  };
}
