import type { OptimizerRecipe, TrainingRecipe } from "../design/training.ts";
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
  recipe: TrainingRecipe | undefined,
): Analysis["memory"] {
  const batchSize = batchSizeOf(recipe);
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
  const copies = BYTES * parameters.trainable * (1 + stateCopies(recipe?.optimizer));
  return {
    weights,
    activations: BYTES * activations,
    training: weights + copies + BYTES * batchSize * (activations + gradients),
    batchSize,
  };
}

/** Images to train on in the data sets that always have the same number. */
const trainingImages: Readonly<Record<string, number>> = {
  mnist: 60_000,
  "fashion-mnist": 60_000,
  cifar10: 50_000,
  cifar100: 50_000,
  synthetic: 5000,
};

/** Images in one step; of a whole data set whose size is not known, 1. */
function batchSizeOf(recipe: TrainingRecipe | undefined): number {
  if (recipe === undefined) return 1;
  const { batchSize, dataset, validationSplit } = recipe;
  return batchSize === "full"
    ? Math.max(1, Math.round((trainingImages[dataset?.type ?? ""] ?? 1) * (1 - validationSplit)))
    : batchSize;
}

/** Numbers an optimiser keeps for each trainable weight. */
function stateCopies(optimizer: OptimizerRecipe | undefined): number {
  switch (optimizer?.type) {
    case "adam":
    case "adamW":
      return 2;
    case "adagrad":
      return 1;
    case "rmsprop":
      return 1 + (optimizer.momentum > 0 ? 1 : 0) + (optimizer.centered ? 1 : 0);
    case "sgd":
      return optimizer.momentum > 0 ? 1 : 0;
    case undefined:
      return 0;
  }
}
