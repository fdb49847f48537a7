import type { OptimizerRecipe } from "../design/training.ts";
import { sizeOf } from "../layers/shape.ts";
import type { Network } from "../network/network.ts";
import type { Analysis, ParameterCount } from "./analysis.ts";

const BYTES = 4;

/**
 * Bytes of float32. Training holds the weights, a gradient and the optimiser's state for every trainable one,
 * all activations of a batch for the backward pass, and the gradients around the layer where they are largest.
 */
export function memoryOf(
  network: Network,
  parameters: ParameterCount,
  batchSize: number,
  optimizer: OptimizerRecipe | undefined,
): Analysis["memory"] {
  let activations = 0;
  let gradients = 0;
  for (const { inference, inputShapes } of network.layers) {
    if (inference === undefined) continue;
    const output = sizeOf(inference.outputShape);
    let around = output;
    for (const shape of inputShapes) around += shape === undefined ? 0 : sizeOf(shape);
    activations += output;
    gradients = Math.max(gradients, around);
  }
  const weights = BYTES * parameters.total;
  const copies = BYTES * parameters.trainable * (1 + stateCopies(optimizer));
  return {
    weights,
    activations: BYTES * activations,
    training: weights + copies + BYTES * batchSize * (activations + gradients),
    batchSize,
  };
}

/** Numbers an optimiser keeps for each trainable weight. */
function stateCopies(optimizer: OptimizerRecipe | undefined): number {
  switch (optimizer?.type) {
    case "adam":
      return 2;
    case "sgd":
      return optimizer.momentum > 0 ? 1 : 0;
    case undefined:
      return 0;
  }
}
