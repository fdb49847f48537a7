import type { Option, OptionTable, OptionValue, OptionValues } from "../layers/option.ts";
import { type JsonObjectTree, toValue, valueOf } from "./jsonTree.ts";
import { nearestName } from "./nearestName.ts";
import { readOption } from "./readOptions.ts";
import type { Reading } from "./reading.ts";
import { didYouMean, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

/** Reads the values of a table that stand in an object; a wrong one is reported and left out. */
export function readGiven<const T extends OptionTable>(
  table: T,
  object: JsonObjectTree,
  owner: string,
  reading: Reading,
): Partial<OptionValues<T>> {
  const values: Record<string, OptionValue<Option>> = {};
  for (const [name, option] of Object.entries<Option>(table)) {
    const tree = valueOf(object, name);
    if (tree === undefined) continue;
    const raw = toValue(tree);
    const read = readOption(option, raw);
    if ("value" in read) {
      values[name] = read.value;
    } else {
      reading.wrong(
        tree,
        `${t("{0} of {1} must be {2}, not {3}.", name, owner, read.expected, quoteValue(raw))}${meant(option, raw)}`,
        { option: name },
      );
    }
  }
  // Each value was read by the option of its own name.
  return values as Partial<OptionValues<T>>;
}

function meant(option: Option, raw: unknown): string {
  return option.kind === "choice" && typeof raw === "string"
    ? didYouMean(nearestName(raw, option.values))
    : "";
}
