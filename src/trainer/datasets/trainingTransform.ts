import { t } from "../../core/text/t.ts";
import type { TrainingRecipe } from "../../core/design/training.ts";
import { isFeatureMap } from "../../core/layers/shape.ts";
import { Augmenter, type OpenBatch } from "./augment.ts";
import type { Part } from "./batches.ts";
import type { Dataset } from "./dataset.ts";

/** Changes a batch in place. */
export type BatchTransform = (batch: OpenBatch) => void;

type Recipe = Pick<TrainingRecipe, "augmentation" | "classWeights" | "seed">;

/** What happens to batches that are trained on, by the epoch; absent where nothing does. */
export function trainingTransform(
  dataset: Dataset,
  training: Part,
  recipe: Recipe,
): ((epoch: number) => BatchTransform) | undefined {
  const { imageShape, classes, normalization } = dataset;
  const weights = weightsOf(training, classes, recipe.classWeights);
  const augmenter =
    recipe.augmentation === undefined
      ? undefined
      : new Augmenter({
          recipe: recipe.augmentation,
          imageShape,
          seed: recipe.seed,
          blank: normalization?.mean ?? [],
        });
  if (augmenter === undefined && weights === undefined) return undefined;
  return (epoch) => (batch) => {
    if (weights !== undefined) weigh(batch.labels, weights);
    augmenter?.apply(batch, epoch);
  };
}

/** What to say where images are no longer images once they reach the design. */
export const augmentationNotes = (
  { imageShape }: Dataset,
  { augmentation }: Recipe,
): readonly string[] =>
  augmentation === undefined || isFeatureMap(imageShape)
    ? []
    : [t("The design takes vectors, so of the augmentation only mixup is used.")];

/** A weight for each class, by which its loss counts; absent where all count alike. */
export function weightsOf(
  { examples, indices }: Part,
  classes: number,
  classWeights: Recipe["classWeights"],
): Float32Array | undefined {
  if (classWeights === "none" || classes < 2) return undefined;
  if (classWeights !== "balanced") {
    return Float32Array.from({ length: classes }, (_, label) => classWeights[label] ?? 1);
  }
  const counts = new Float64Array(classes);
  for (const index of indices) {
    const label = examples.labelOf?.(index) ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const present = counts.filter((count) => count > 0).length;
  // As scikit-learn balances: images / (classes · images of the class).
  return Float32Array.from(counts, (count) =>
    count === 0 ? 1 : indices.length / (present * count),
  );
}

function weigh(labels: Float32Array, weights: Float32Array): void {
  for (let at = 0; at < labels.length; at += 1) {
    labels[at] = (labels[at] ?? 0) * (weights[at % weights.length] ?? 1);
  }
}
