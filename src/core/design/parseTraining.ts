import type { Option, OptionTable, OptionValue, OptionValues } from "../layers/option.ts";
import { type JsonObjectTree, type JsonTree, toValue, valueOf } from "./jsonTree.ts";
import { nearestName } from "./nearestName.ts";
import { readOption, readOptions } from "./readOptions.ts";
import type { Reading } from "./reading.ts";
import {
  datasets,
  defaultOptimizer,
  type OptimizerType,
  optimizers,
  trainingOptions,
} from "./recipeOptions.ts";
import type { OptimizerRecipe, TrainingRecipe } from "./training.ts";
import { didYouMean, joinWords, quoteValue } from "./words.ts";

/** The keys of a recipe, in the order in which they are written. */
export const trainingKeys = ["dataset", "optimizer", ...Object.keys(trainingOptions)];

/** Reads the training recipe; what is wrong in it is reported and read as its default. */
export function parseTraining(
  tree: JsonTree | undefined,
  reading: Reading,
): TrainingRecipe | undefined {
  const object = reading.objectOf(tree, "training", 'such as {"dataset": "mnist"}');
  if (object === undefined) return undefined;
  const entries = reading.uniqueEntries(object, "training");
  for (const { key, keyRange } of entries) {
    if (!trainingKeys.includes(key)) {
      reading.report({
        severity: "warning",
        code: "unknownKey",
        message: `training has no key ${quoteValue(key)}; it is kept and not used.${didYouMean(nearestName(key, trainingKeys))}`,
        range: keyRange,
      });
    }
  }
  const dataset = parseDataset(object, reading);
  return {
    ...(dataset === undefined ? {} : { dataset }),
    optimizer: parseOptimizer(valueOf(object, "optimizer"), reading),
    ...defaultValues(trainingOptions),
    ...readGiven(trainingOptions, object, "training", reading),
  };
}

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
        `${name} of ${owner} must be ${read.expected}, not ${quoteValue(raw)}.${meant(option, raw)}`,
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

function parseDataset(object: JsonObjectTree, reading: Reading): string | undefined {
  const tree = valueOf(object, "dataset");
  const names = Object.keys(datasets);
  const known = joinWords(names.map((name) => JSON.stringify(name)));
  if (tree === undefined) {
    reading.report({
      severity: "warning",
      code: "noDataset",
      message: `training names no data set: add "dataset": ${known}.`,
      range: { offset: object.offset, length: 1 },
    });
    return undefined;
  }
  if (tree.kind !== "scalar" || typeof tree.value !== "string" || tree.value === "") {
    reading.wrong(
      tree,
      `dataset of training must be the name of a data set, ${known}, not ${quoteValue(toValue(tree))}.`,
      { option: "dataset" },
    );
    return undefined;
  }
  if (!names.includes(tree.value)) {
    const nearest = nearestName(tree.value, names);
    reading.wrong(
      tree,
      `There is no data set ${quoteValue(tree.value)}.${nearest === undefined ? ` It can be ${known}.` : didYouMean(nearest)}`,
      { code: "noDataset", option: "dataset", severity: "warning" },
    );
  }
  return tree.value;
}

function parseOptimizer(tree: JsonTree | undefined, reading: Reading): OptimizerRecipe {
  if (tree === undefined) return defaultsOf(defaultOptimizer);
  if (tree.kind === "scalar" && typeof tree.value === "string") {
    return defaultsOf(parseOptimizerType(tree, reading));
  }
  const object = reading.objectOf(tree, "optimizer", 'with a "type", or a name such as "adam"');
  if (object === undefined) return defaultsOf(defaultOptimizer);
  const entries = reading.uniqueEntries(object, "optimizer");
  const typeTree = valueOf(object, "type");
  if (typeTree === undefined) {
    reading.wrong(object, `optimizer has no type: add "type": ${optimizerNames()}.`);
    return defaultsOf(defaultOptimizer);
  }
  const type = parseOptimizerType(typeTree, reading);
  const table: OptionTable = optimizers[type].options;
  for (const { key, keyRange } of entries) {
    if (key !== "type" && !Object.hasOwn(table, key)) {
      reading.report({
        severity: "warning",
        code: "unknownOption",
        message: `optimizer ${type} has no option ${quoteValue(key)}; it is kept and not used.${didYouMean(nearestName(key, Object.keys(table)))}`,
        range: keyRange,
      });
    }
  }
  switch (type) {
    case "adam":
      return {
        ...defaultsOf(type),
        ...readGiven(optimizers.adam.options, object, "optimizer", reading),
      };
    case "sgd":
      return {
        ...defaultsOf(type),
        ...readGiven(optimizers.sgd.options, object, "optimizer", reading),
      };
  }
}

function optimizerNames(): string {
  return joinWords(Object.keys(optimizers).map((name) => JSON.stringify(name)));
}

function isOptimizerType(name: unknown): name is OptimizerType {
  return typeof name === "string" && Object.hasOwn(optimizers, name);
}

function parseOptimizerType(tree: JsonTree, reading: Reading): OptimizerType {
  const raw = toValue(tree);
  if (isOptimizerType(raw)) return raw;
  const nearest = typeof raw === "string" ? nearestName(raw, Object.keys(optimizers)) : undefined;
  reading.wrong(
    tree,
    `optimizer must be ${optimizerNames()}, not ${quoteValue(raw)}.${didYouMean(nearest)}`,
    { option: "optimizer" },
  );
  return defaultOptimizer;
}

/** An optimiser with every default. */
export function defaultsOf<K extends OptimizerType>(type: K): Extract<OptimizerRecipe, { type: K }>;
export function defaultsOf(type: OptimizerType): OptimizerRecipe {
  switch (type) {
    case "adam":
      return { type, ...defaultValues(optimizers.adam.options) };
    case "sgd":
      return { type, ...defaultValues(optimizers.sgd.options) };
  }
}

function defaultValues<const T extends OptionTable>(table: T): OptionValues<T> {
  const { values } = readOptions(table, {});
  if (values === undefined) throw new Error("an option of a recipe has no default");
  return values;
}
