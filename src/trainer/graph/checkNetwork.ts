import { outputObstacle } from "../../core/analysis/trainingObstacle.ts";
import type { Network } from "../../core/network/network.ts";
import { NotTrainableError } from "./notTrainableError.ts";
import { t } from "../../core/text/t.ts";

/** Where a network begins and ends. */
export interface Ends {
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** The main output. */
  readonly outputId: string;
  /** Outputs beside it, for training only. */
  readonly auxiliaryIds: readonly string[];
}

/** Finds the ends of a network, or throws a `NotTrainableError` that says what is in the way. */
export function checkNetwork(network: Network): Ends {
  const broken = network.layers.find(({ inference }) => inference === undefined);
  if (broken !== undefined) {
    throw new NotTrainableError(
      "designHasErrors",
      t("{0} has no shape yet. Mend its problem first.", broken.id),
    );
  }
  const inputs = network.layers.filter(({ type }) => type === "input");
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    throw new NotTrainableError(
      "designHasErrors",
      inputs.length === 0
        ? t("Training needs exactly one input, and the design has none.")
        : t(
            "Training needs exactly one input, and the design has {0}.",
            inputs.map(({ id }) => id).join(", "),
          ),
    );
  }
  const [outputId = "", ...auxiliaryIds] = network.outputs;
  const output = network.byId.get(outputId);
  if (output === undefined) {
    throw new NotTrainableError("designHasErrors", t("The design has no output to train."));
  }
  const obstacle = outputObstacle(network);
  if (obstacle !== undefined) {
    throw new NotTrainableError(
      obstacle.reason === "unsupportedLayer" ? "unsupportedLayer" : "designHasErrors",
      `${obstacle.node}: ${obstacle.message}`,
    );
  }
  const [classes = 0] = output.inference?.outputShape ?? [];
  return { inputShape: input.inference?.outputShape ?? [], classes, outputId, auxiliaryIds };
}
