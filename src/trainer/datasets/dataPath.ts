import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { TrainingFailure } from "../trainingFailure.ts";

/** The place that a recipe names, from the folder of the design; or a failure in words where nothing is there. */
export function dataPath(named: string, directory: string | undefined): string {
  const home = named.startsWith("~/") || named.startsWith("~\\");
  if (!home && !path.isAbsolute(named) && directory === undefined) {
    throw new TrainingFailure(
      "noDataset",
      `The data set lies at ${named}, which is meant from the folder of the design, and the design has not been saved.`,
      "Save the design, or name the data set by its whole path.",
    );
  }
  const found = home
    ? path.join(os.homedir(), named.slice(2))
    : path.resolve(directory ?? ".", named);
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
