import { t } from "../../core/text/t.ts";
import type { DatasetRecipe, TrainingRecipe } from "../../core/design/training.ts";
import type { DatasetType } from "../../core/design/datasetOptions.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { splitTraining } from "./batches.ts";
import { loadCifar10, loadCifar100 } from "./cifar.ts";
import { loadCsv } from "./csvFile.ts";
import type { Dataset, Fit } from "./dataset.ts";
import { fitDataset } from "./fitDataset.ts";
import { loadFashionMnist, loadIdxFolder } from "./idxFolder.ts";
import { loadImageFolder } from "./imageFolder.ts";
import { readMnist } from "./mnist.ts";
import { measure } from "./normalization.ts";
import { loadNumpy } from "./numpyFile.ts";
import type { SourceDataset, Surroundings } from "./source.ts";
import { makeSynthetic } from "./synthetic.ts";

/** What is read of the files of a kind of data set, or a data set that is made to fit. */
type Loader<K extends DatasetType> = (
  recipe: Extract<DatasetRecipe, { readonly type: K }>,
  surroundings: Surroundings,
  fit: Fit,
) => Promise<SourceDataset> | Dataset;

/** The type checker names a data set of the file format that cannot be loaded here. */
const loaders: { readonly [K in DatasetType]: Loader<K> } = {
  mnist: () => readMnist(),
  synthetic: (_recipe, _surroundings, fit) => makeSynthetic(fit),
  "fashion-mnist": loadFashionMnist,
  cifar10: loadCifar10,
  cifar100: loadCifar100,
  imageFolder: loadImageFolder,
  idx: loadIdxFolder,
  numpy: loadNumpy,
  csv: loadCsv,
};

type Recipe = Pick<TrainingRecipe, "dataset" | "normalization" | "validationSplit" | "seed">;

/** The data set of a recipe in the shape that the design takes, with its normalisation measured; or a failure in words. */
export async function loadDataset(
  recipe: Recipe,
  fit: Omit<Fit, "seed">,
  surroundings: Surroundings,
): Promise<Dataset> {
  const { dataset: named, seed } = recipe;
  if (named === undefined) throw noDataset();
  const loaded = await readDataset(named, { ...fit, seed }, surroundings);
  const dataset =
    "classNames" in loaded
      ? await fitDataset(loaded, testSplitOf(named), { ...fit, seed })
      : loaded;
  return normalized(dataset, recipe, surroundings.signal);
}

/** A data set as its files hold it, or one that is made to fit; or a failure in words. */
export async function readDataset(
  recipe: DatasetRecipe,
  fit: Fit,
  surroundings: Surroundings,
): Promise<SourceDataset | Dataset> {
  // Each type was read together with its own options.
  const load = loaders[recipe.type] as Loader<DatasetType>;
  return load(recipe, surroundings, fit);
}

/** Share of every class that is kept to test, where the files name no images for that. */
export const testSplitOf = (recipe: DatasetRecipe): number =>
  "testSplit" in recipe ? recipe.testSplit : 0;

/** Says that a design names no data set, and how to name one. */
export const noDataset = (): TrainingFailure =>
  new TrainingFailure(
    "noDataset",
    t("The design names no data set to train on."),
    t(
      'Add "dataset" to "training" in the file, for example "mnist" or { "type": "imageFolder", "path": "./images" }.',
    ),
  );

async function normalized(dataset: Dataset, recipe: Recipe, signal: AbortSignal): Promise<Dataset> {
  switch (recipe.normalization) {
    case "scale":
      return dataset;
    case "none":
      return { ...dataset, normalization: { mean: [0], deviation: [1 / 255] } };
    case "standardize": {
      const { training } = splitTraining(dataset, recipe.validationSplit, recipe.seed);
      const { imageShape, classes } = dataset;
      return { ...dataset, normalization: await measure(training, imageShape, classes, signal) };
    }
  }
}
