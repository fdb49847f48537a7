import { analyzeText } from "../core/analysis/analyze.ts";
import type { ParameterCount } from "../core/analysis/analysis.ts";
import { designMark } from "../core/design/designMark.ts";
import type { TrainingRecipe } from "../core/design/training.ts";
import type { Network } from "../core/network/network.ts";
import { TrainingFailure } from "./trainingFailure.ts";
import { t } from "../core/text/t.ts";

/** A design that can be trained. */
export interface Readable {
  readonly name: string;
  readonly network: Network;
  readonly parameters: ParameterCount;
  readonly recipe: TrainingRecipe;
  /** As `designMark` has it. */
  readonly mark: string;
}

/**
 * Reads a design, with other epochs where they are given, and with a recipe for where it has none; throws a
 * `TrainingFailure` with what keeps it from being trained.
 */
export function readDesign(
  text: string,
  epochs: number | undefined,
  otherwise?: TrainingRecipe,
): Readable {
  const { parsed, network, analysis } = analyzeText(text);
  const [first, ...others] = analysis.problems.filter(
    // A missing data set has better words of its own.
    ({ severity, code }) => severity === "error" && code !== "noDataset",
  );
  if (first !== undefined) {
    throw new TrainingFailure(
      "designHasErrors",
      others.length === 0
        ? t("The design has errors: {0}", first.message)
        : t("The design has errors: {0} (and {1} more)", first.message, others.length),
      t("Mend them and train again."),
    );
  }
  const recipe = parsed.design.training ?? otherwise;
  if (recipe === undefined) {
    throw new TrainingFailure(
      "noDataset",
      t("The design names no data set to train on."),
      t('Add "training": { "dataset": "mnist" } to the file.'),
    );
  }
  const { name } = parsed.design;
  const { parameters } = analysis.totals;
  return {
    name,
    network,
    parameters,
    mark: designMark(parsed.design),
    recipe: epochs === undefined ? recipe : { ...recipe, epochs },
  };
}
