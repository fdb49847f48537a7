import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";

/** Classes by their names, and labels by the numbers of these. */
export interface Labelling {
  readonly classNames: readonly string[];
  readonly labels: readonly Uint16Array[];
  /** Classes that no label names. */
  readonly empty: readonly string[];
}

const mostClasses = 65_535;

/** Classes of labels that are whole numbers: as they are known, 0 to the largest, or 1 to the largest where none is 0. */
export function labellingOf(
  dataset: string,
  parts: readonly ArrayLike<number>[],
  known?: readonly string[],
): Labelling {
  const most = known === undefined ? mostClasses : known.length - 1;
  let [smallest, largest] = [Infinity, -Infinity];
  for (const labels of parts) {
    for (let index = 0; index < labels.length; index += 1) {
      const label = labels[index] ?? Number.NaN;
      if (!Number.isInteger(label) || label < 0 || label > most) {
        throw new TrainingFailure(
          "datasetBroken",
          t(
            "Label {0} of the data set {1} is {2}, not a whole number from 0 to {3}.",
            index,
            dataset,
            label,
            most,
          ),
        );
      }
      smallest = Math.min(smallest, label);
      largest = Math.max(largest, label);
    }
  }
  if (largest === -Infinity) {
    throw new TrainingFailure("datasetBroken", t("The data set {0} has no images.", dataset));
  }
  const first = known === undefined ? Math.min(smallest, 1) : 0;
  const classNames =
    known ?? Array.from({ length: largest - first + 1 }, (_, at) => String(first + at));
  const labels = parts.map((part) => Uint16Array.from(part, (label) => label - first));
  const counts = countLabels(labels, classNames.length);
  return { classNames, labels, empty: classNames.filter((_, at) => counts[at] === 0) };
}

/** How many labels name each class. */
export function countLabels(parts: readonly Uint16Array[], classes: number): readonly number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const labels of parts) {
    for (const label of labels) {
      counts[label] = (counts[label] ?? 0) + 1;
    }
  }
  return counts;
}

/** What to say where classes have no images. */
export function emptyNotes(empty: readonly string[]): readonly string[] {
  const names = empty.slice(0, 5).join(", ");
  if (empty.length > 5) return [t("The classes {0} and more have no images.", names)];
  if (empty.length > 1) return [t("The classes {0} have no images.", names)];
  return empty.length === 1 ? [t("The class {0} has no images.", names)] : [];
}
