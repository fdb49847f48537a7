import { formatShape } from "../../core/layers/shape.ts";
import type { Network } from "../../core/network/network.ts";
import { NotTrainableError } from "./notTrainableError.ts";

/** Where a network begins and ends. */
export interface Ends {
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly outputId: string;
}

/** Finds the ends of a network, or throws a `NotTrainableError` that says what is in the way. */
export function checkNetwork(network: Network): Ends {
  const broken = network.layers.find(({ inference }) => inference === undefined);
  if (broken !== undefined) {
    throw new NotTrainableError(
      "designHasErrors",
      `${broken.id} has no shape yet. Mend its problem first.`,
    );
  }
  const inputs = network.layers.filter(({ type }) => type === "input");
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    throw new NotTrainableError(
      "designHasErrors",
      `Training needs exactly one input, and the design has ${inputs.length === 0 ? "none" : inputs.map(({ id }) => id).join(", ")}.`,
    );
  }
  const [outputId, ...others] = network.outputs;
  if (outputId === undefined || others.length > 0) {
    throw new NotTrainableError(
      "designHasErrors",
      outputId === undefined
        ? "The design has no output to train."
        : `Training needs exactly one output, and the design has ${network.outputs.length}: ${network.outputs.join(", ")}. Connect or remove the others.`,
    );
  }
  const output = network.byId.get(outputId);
  if (output?.type === "radialBasis") {
    throw new NotTrainableError(
      "unsupportedLayer",
      `The output ${outputId} gives distances, of which the smallest wins. ` +
        "Add rescaling with the scale -1 and the activation softmax behind it to train the design.",
    );
  }
  const outputShape = output?.inference?.outputShape ?? [];
  const [classes] = outputShape;
  if (classes === undefined || outputShape.length !== 1) {
    throw new NotTrainableError(
      "designHasErrors",
      `The output ${outputId} is ${formatShape(outputShape)}; training needs one value a class. Add flatten or globalAveragePooling2d before the end.`,
    );
  }
  return { inputShape: input.inference?.outputShape ?? [], classes, outputId };
}
