import type { DatasetRecipe, TrainingRecipe } from "../../../core/design/training.ts";
import type { DatasetPart } from "../../../protocol/datasetReport.ts";
import { type Part, splitTraining } from "../batches.ts";
import { cutTest, divisorOf, paddingFor, usableOf } from "../fitDataset.ts";
import { testSplitOf } from "../loadDataset.ts";
import type { LabelledPixels, SourceDataset } from "../source.ts";
import { StoredExamples } from "../storedExamples.ts";

/** The images of one part, by their numbers in what the files hold. */
export interface InspectedPart {
  readonly part: DatasetPart;
  readonly source: LabelledPixels;
  /** Part of the files that they come from. */
  readonly from: DatasetPart;
  readonly indices: Uint32Array;
}

/** A data set cut as a training of the recipe cuts it. */
export interface InspectedParts {
  readonly parts: readonly InspectedPart[];
  /** What is trained on, in the shape that the design takes where it fits. */
  readonly trained: Part;
  readonly trainedShape: readonly number[];
  /** What real numbers are divided by, so that they are from 0 to 1. */
  readonly divisor: number;
}

/** Cuts a data set into the parts of a training with the same seed. */
export async function inspectedParts(
  source: SourceDataset,
  recipe: Pick<TrainingRecipe, "seed" | "validationSplit"> & { readonly dataset: DatasetRecipe },
  inputShape: readonly number[] | undefined,
): Promise<InspectedParts> {
  const pad = inputShape && paddingFor(source.imageShape, inputShape);
  const trainedShape = pad === undefined ? source.imageShape : (inputShape ?? source.imageShape);
  const divisor = await divisorOf(source.training.pixels);
  const presentation = {
    imageShape: trainedShape,
    pad: pad ?? 0,
    classes: source.classNames.length,
    divisor,
  };
  const present = (from: LabelledPixels, indices: Uint32Array): StoredExamples =>
    new StoredExamples(from, indices, presentation);
  const cut = cutTest(source, testSplitOf(recipe.dataset), recipe.seed);
  const { training, validation } = splitTraining(
    {
      training: present(source.training, cut.training),
      ...(source.validation && {
        validation: present(source.validation, usableOf(source.validation)),
      }),
    },
    recipe.validationSplit,
    recipe.seed,
  );
  const ofTraining = (part: DatasetPart, indices: Uint32Array): InspectedPart => ({
    part,
    source: source.training,
    from: "training",
    indices: indices.toSorted(),
  });
  const ofFiles = (part: "validation" | "test", from: LabelledPixels): InspectedPart => ({
    part,
    source: from,
    from: part,
    indices: usableOf(from),
  });
  const stored = (part: Part): Uint32Array => part.indices.map((index) => cut.training[index] ?? 0);
  const parts = [
    ofTraining("training", stored(training)),
    source.validation === undefined
      ? ofTraining("validation", stored(validation))
      : ofFiles("validation", source.validation),
    source.test === undefined
      ? ofTraining("test", cut.test ?? new Uint32Array())
      : ofFiles("test", source.test),
  ];
  return { parts, trained: training, trainedShape, divisor };
}
