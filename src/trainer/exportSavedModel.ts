import fs from "node:fs";
import path from "node:path";
import { runFiles } from "../protocol/run.ts";
import { diskWords } from "./diskWords.ts";
import { writeSavedModel } from "./engines/tfjsNode/savedModel.ts";
import { compile } from "./graph/compile.ts";
import { readDesign } from "./readDesign.ts";
import { decodeSafetensors } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { valuesOf } from "./checkpoint.ts";
import { writeAtomically } from "./writeAtomically.ts";
import { t } from "../core/text/t.ts";

/** A message of protocol buffers holds less than 2 GiB. */
const mostBytes = 2 ** 31 - 2 ** 26;

/**
 * Writes the best weights of a run, else the last, with the graph that trains them, as a SavedModel that Python loads,
 * calls and trains on. Throws a `TrainingFailure` where that cannot be.
 */
export function exportSavedModel(runDirectory: string, target: string): void {
  const text = read(path.join(runDirectory, runFiles.design)).toString();
  const checkpoint = [runFiles.best, runFiles.last]
    .map((name) => path.join(runDirectory, name))
    .find((file) => fs.existsSync(file));
  if (checkpoint === undefined) {
    throw new TrainingFailure(
      "diskFailed",
      t("The run has no weights yet."),
      t("They are kept at the end of every epoch, and where it is paused or stopped."),
    );
  }
  const { network, recipe } = readDesign(text, undefined);
  const graph = compile(network, recipe);
  const tensors = decodeSafetensors(read(checkpoint));
  const initial = valuesOf(graph, tensors);
  const bytes = [...initial.weights, ...initial.slots].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
  if (bytes > mostBytes) {
    throw new TrainingFailure(
      "diskFailed",
      t(
        "The weights and what the optimiser remembers are more than the 2 GiB that a SavedModel of one file holds.",
      ),
      t("Export them as safetensors."),
    );
  }
  write(target, writeSavedModel(graph, { initial }).whole);
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new TrainingFailure("diskFailed", t("{0} cannot be read: {1}.", file, diskWords(error)));
  }
}

function write(target: string, content: Uint8Array): void {
  try {
    fs.mkdirSync(target, { recursive: true });
    writeAtomically(path.join(target, "saved_model.pb"), content);
  } catch (error) {
    throw new TrainingFailure(
      "diskFailed",
      t("{0} cannot be written to: {1}.", target, diskWords(error)),
      t("Choose another folder."),
    );
  }
}
