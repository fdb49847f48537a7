import fs from "node:fs";
import path from "node:path";
import { runFiles } from "../protocol/run.ts";
import { diskWords } from "./diskWords.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { writeAtomically } from "./writeAtomically.ts";
import { t } from "../core/text/t.ts";

/** Makes the folder of a run, which appears with all it needs; throws a `TrainingFailure` where that cannot be. */
export function makeRunFolder(directory: string, design: string, record: string): void {
  if (fs.existsSync(path.join(directory, runFiles.record))) {
    throw new TrainingFailure(
      "diskFailed",
      t("The folder {0} holds a run already.", directory),
      t(
        'Name another folder, because a run is never overwritten, or resume it: "Resume Training" in VS Code, or cnn-architect train --resume and the folder.',
      ),
    );
  }
  const staging = path.join(
    path.dirname(directory),
    `.${path.basename(directory)}.${process.pid}.tmp`,
  );
  try {
    makeFolders(path.join(staging, runFiles.checkpoints));
    try {
      writeAtomically(path.join(staging, runFiles.design), design);
      writeAtomically(path.join(staging, runFiles.record), record);
      moveInto(staging, directory);
    } finally {
      fs.rmSync(staging, { recursive: true, force: true });
    }
  } catch (error) {
    throw new TrainingFailure(
      "diskFailed",
      t("The run cannot be written to {0}: {1}.", directory, diskWords(error)),
      t("Free some space or change the folder's permissions, and start again."),
    );
  }
}

/** Like `mkdir` with `recursive`, which says of a read-only disk that the folder is missing. */
function makeFolders(directory: string): void {
  if (!fs.existsSync(directory)) {
    makeFolders(path.dirname(directory));
    try {
      fs.mkdirSync(directory);
    } catch (error) {
      // Another training may have made it just now.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
    }
  }
}

function moveInto(staging: string, directory: string): void {
  if (!fs.existsSync(directory)) {
    fs.renameSync(staging, directory);
    return;
  }
  // A person has made the folder; the record comes last, because it makes a run of it.
  for (const name of [runFiles.checkpoints, runFiles.design, runFiles.record]) {
    fs.renameSync(path.join(staging, name), path.join(directory, name));
  }
}
