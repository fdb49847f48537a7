import fs from "node:fs";
import { pathFromDesign } from "../pathFromDesign.ts";
import { TrainingFailure } from "../trainingFailure.ts";

/** The place that a recipe names, from the folder of the design; or a failure in words where nothing is there. */
export function dataPath(named: string, directory: string | undefined): string {
  const found = pathFromDesign(named, directory);
  if (found === undefined) {
    throw new TrainingFailure(
      "noDataset",
      `The data set lies at ${named}, which is meant from the folder of the design, and the design has not been saved.`,
      "Save the design, or name the data set by its whole path.",
    );
  }
  try {
    fs.accessSync(found, fs.constants.R_OK);
  } catch (error) {
    throw unreadable(found, error);
  }
  return found;
}

/** Words for a file or folder of a data set that cannot be read. */
export function unreadable(place: string, error: unknown): TrainingFailure {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  switch (code) {
    case "ENOENT":
      return new TrainingFailure(
        "noDataset",
        `There is no data set at ${place}.`,
        "Check the path in the recipe; it is meant from the folder of the design.",
      );
    case "EACCES":
    case "EPERM":
      return new TrainingFailure(
        "datasetBroken",
        `${place} may not be read.`,
        "Change its permissions, or copy the data set to where you may read it.",
      );
    default:
      return new TrainingFailure("datasetBroken", `${place} cannot be read (${code}).`);
  }
}
