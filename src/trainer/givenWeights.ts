import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { runFiles } from "../protocol/run.ts";
import { diskWords } from "./diskWords.ts";
import type { WeightVariable } from "./graph/trainingGraph.ts";
import { pathFromDesign } from "./pathFromDesign.ts";
import { decodeSafetensors, type TensorFile } from "./safetensors.ts";
import { TrainingFailure } from "./trainingFailure.ts";

/** The weights that a recipe names: of a file, or of the best epoch of a run. */
export interface GivenWeights {
  /** In the order of the weights asked for; undefined where the file has none of that name and shape. */
  readonly values: readonly (Float32Array | undefined)[];
  /** What was taken and what was not, in a sentence. */
  readonly note: string;
}

/**
 * Reads weights to start from, by name and shape as Keras's `load_weights(skip_mismatch=True)`.
 * Throws a `TrainingFailure` where the file cannot be read or has none of them.
 */
export function givenWeights(
  named: string,
  directory: string | undefined,
  weights: readonly WeightVariable[],
): GivenWeights {
  const file = weightsFile(named, directory);
  const tensors = new Map(read(file).tensors.map((tensor) => [tensor.name, tensor]));
  const values = weights.map(({ name, weight: { shape } }) => {
    const tensor = tensors.get(name);
    return tensor?.shape.join() === shape.join() ? tensor.values : undefined;
  });
  const missing = weights.filter((_, index) => values[index] === undefined).map(({ name }) => name);
  if (missing.length === weights.length) {
    throw new TrainingFailure(
      "weightsUnreadable",
      t(
        "{0} has no weights of this design: none has the name and the shape of one of its layers.",
        file,
      ),
      t(
        "Weights are found by the names of the nodes. Name the file of a run of a design that has these nodes, or remove initialWeights from the recipe.",
      ),
    );
  }
  return { values, note: noteOf(named, weights.length, missing) };
}

/** How many names a sentence holds. */
const mostNames = 4;

function noteOf(named: string, count: number, missing: readonly string[]): string {
  if (missing.length === 0) {
    return t("All {0} weights start from {1}.", count, named);
  }
  const names = missing.slice(0, mostNames).join(", ");
  const rest = missing.length > mostNames ? " …" : "";
  return t(
    "{0} of {1} weights start from {2}; these start anew, because it has none of their name and shape: {3}",
    count - missing.length,
    count,
    named,
    names + rest,
  );
}

/** The file itself, or in the folder of a run its best checkpoint, else its last. */
function weightsFile(named: string, directory: string | undefined): string {
  const place = pathFromDesign(named, directory);
  if (place === undefined) {
    throw new TrainingFailure(
      "weightsUnreadable",
      t(
        "The weights lie at {0}, which is meant from the folder of the design, and the design has not been saved.",
        named,
      ),
      t("Save the design, or name the weights by their whole path."),
    );
  }
  const ofRun = [runFiles.best, runFiles.last].map((name) => path.join(place, name));
  return ofRun.find((file) => fs.existsSync(file)) ?? place;
}

function wordsFor(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return t("nothing is there");
    case "EISDIR":
      return t("it is a folder, and not that of a run");
    case undefined:
    default:
      return diskWords(error);
  }
}

function read(file: string): TensorFile {
  try {
    return decodeSafetensors(fs.readFileSync(file));
  } catch (error) {
    throw new TrainingFailure(
      "weightsUnreadable",
      t("The weights in {0} cannot be read: {1}.", file, wordsFor(error)),
      t(
        "initialWeights names a .safetensors file or the folder of a run, from the folder of the design.",
      ),
    );
  }
}
