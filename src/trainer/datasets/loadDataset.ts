import type { datasets } from "../../core/design/recipeOptions.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import type { Dataset, Fit } from "./dataset.ts";
import { loadMnist } from "./mnist.ts";
import { makeSynthetic } from "./synthetic.ts";

/** The type checker names a data set of the file format that cannot be loaded here. */
const loaders: Readonly<Record<keyof typeof datasets, (fit: Fit) => Dataset | Promise<Dataset>>> = {
  mnist: (fit) => loadMnist(fit),
  synthetic: makeSynthetic,
};

/** A data set by the name that a design gives, in the shape that the design takes; or a failure in words. */
export async function loadDataset(name: string | undefined, fit: Fit): Promise<Dataset> {
  const known = Object.keys(loaders);
  if (name === undefined) {
    throw new TrainingFailure(
      "noDataset",
      "The design names no data set to train on.",
      `Add "dataset" to "training" in the file: ${known.map((one) => `"${one}"`).join(" or ")}.`,
    );
  }
  if (!isKnown(name)) {
    throw new TrainingFailure(
      "noDataset",
      `There is no data set named ${name}.`,
      `Use ${known.join(" or ")}.`,
    );
  }
  return loaders[name](fit);
}

const isKnown = (name: string): name is keyof typeof loaders => Object.hasOwn(loaders, name);
