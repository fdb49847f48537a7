import fs from "node:fs";
import { pathFromDesign } from "../pathFromDesign.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { t } from "../../core/text/t.ts";

/** The place that a recipe names, from the folder of the design; or a failure in words where nothing is there. */
export function dataPath(named: string, directory: string | undefined): string {
  const found = pathFromDesign(named, directory);
  if (found === undefined) {
    throw new TrainingFailure(
      "noDataset",
      t(
        "The data set lies at {0}, which is meant from the folder of the design, and the design has not been saved.",
        named,
      ),
      t("Save the design, or name the data set by its whole path."),
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
  const code = (error as NodeJS.ErrnoException).code ?? t("unknown error");
  switch (code) {
    case "ENOENT":
      return new TrainingFailure(
        "noDataset",
        t("There is no data set at {0}.", place),
        t("Check the path in the recipe; it is meant from the folder of the design."),
      );
    case "EACCES":
    case "EPERM":
      return new TrainingFailure(
        "datasetBroken",
        t("{0} may not be read.", place),
        t("Change its permissions, or copy the data set to where you may read it."),
      );
    default:
      return new TrainingFailure("datasetBroken", t("{0} cannot be read ({1}).", place, code));
  }
}
