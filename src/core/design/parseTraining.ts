import type { Option, OptionTable, OptionValues } from "../layers/option.ts";
import { type AugmentationRecipe, augmentationOptions } from "./augmentationOptions.ts";
import { type JsonObjectTree, type JsonTree, toValue, valueOf } from "./jsonTree.ts";
import { nearestName } from "./nearestName.ts";
import { parseDataset } from "./parseDataset.ts";
import { readGiven } from "./readGiven.ts";
import { readOptions } from "./readOptions.ts";
import type { Reading } from "./reading.ts";
import {
  defaultOptimizer,
  defaultSchedule,
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
  type TypedDefinition,
} from "./recipeOptions.ts";
import type {
  EarlyStoppingRecipe,
  OptimizerRecipe,
  ScheduleRecipe,
  TrainingRecipe,
  TypedRecipe,
} from "./training.ts";
import { didYouMean, joinWords, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

/** The keys of a recipe, in the order in which they are written. */
export const trainingKeys = [
  "dataset",
  "augmentation",
  "optimizer",
  "schedule",
  "earlyStopping",
  ...Object.keys(trainingOptions),
];

/** Reads the training recipe; what is wrong in it is reported and read as its default. */
export function parseTraining(
  tree: JsonTree | undefined,
  reading: Reading,
): TrainingRecipe | undefined {
  const object = reading.objectOf(tree, "training", t("such as {0}", '{"dataset": "mnist"}'));
  if (object === undefined) return undefined;
  const entries = reading.uniqueEntries(object, "training");
  for (const { key, keyRange } of entries) {
    if (!trainingKeys.includes(key)) {
      reading.report({
        severity: "warning",
        code: "unknownKey",
        message: `${t("training has no key {0}; it is kept and not used.", quoteValue(key))}${didYouMean(nearestName(key, trainingKeys))}`,
        range: keyRange,
      });
    }
  }
  const dataset = parseDataset(object, reading);
  const augmentation = parseAugmentation(valueOf(object, "augmentation"), reading);
  const earlyStopping = parseEarlyStopping(valueOf(object, "earlyStopping"), reading);
  return {
    ...(dataset === undefined ? {} : { dataset }),
    ...(augmentation === undefined ? {} : { augmentation }),
    optimizer: parseOptimizer(valueOf(object, "optimizer"), reading),
    schedule: parseTyped(
      { key: "schedule", table: schedules, otherwise: defaultSchedule },
      valueOf(object, "schedule"),
      reading,
    ),
    ...(earlyStopping === undefined ? {} : { earlyStopping }),
    ...defaultValues(trainingOptions),
    ...readGiven(trainingOptions, object, "training", reading),
  };
}

/** Reads what becomes of training images; absent where nothing does. */
function parseAugmentation(
  tree: JsonTree | undefined,
  reading: Reading,
): AugmentationRecipe | undefined {
  const object = reading.objectOf(tree, "augmentation", t("such as {0}", '{"flip": "horizontal"}'));
  if (object === undefined) return undefined;
  reportUnknown("augmentation", augmentationOptions, object, reading);
  return {
    ...defaultValues(augmentationOptions),
    ...readGiven(augmentationOptions, object, "augmentation", reading),
  };
}

function parseOptimizer(tree: JsonTree | undefined, reading: Reading): OptimizerRecipe {
  const recipe = parseTyped(
    { key: "optimizer", table: optimizers, otherwise: defaultOptimizer },
    tree,
    reading,
  );
  const limits = (["clipNorm", "globalClipNorm", "clipValue"] as const).filter(
    (name) => recipe[name] > 0,
  );
  if (tree !== undefined && limits.length > 1) {
    reading.wrong(
      tree,
      t(
        "optimizer can limit its gradients in one way only, and has {0}. Remove all but one.",
        joinWords(limits, "and"),
      ),
      { option: limits[1] ?? "clipNorm" },
    );
    return { ...recipe, clipNorm: 0, globalClipNorm: 0, clipValue: 0 };
  }
  return recipe;
}

function parseEarlyStopping(
  tree: JsonTree | undefined,
  reading: Reading,
): EarlyStoppingRecipe | undefined {
  const object = reading.objectOf(tree, "earlyStopping", t("such as {0}", '{"patience": 5}'));
  if (object === undefined) return undefined;
  reportUnknown("earlyStopping", earlyStoppingOptions, object, reading);
  return {
    ...defaultValues(earlyStoppingOptions),
    ...readGiven(earlyStoppingOptions, object, "earlyStopping", reading),
  };
}

type Definitions = Readonly<Record<string, TypedDefinition>>;

/** A key of the recipe whose value is one of several types, each with options of its own. */
interface TypedKey<T extends Definitions> {
  readonly key: string;
  readonly table: T;
  /** The type where the file names none. */
  readonly otherwise: keyof T & string;
}

/** Reads a name such as `"adam"`, or an object with a type and options. */
function parseTyped<const T extends Definitions>(
  key: TypedKey<T>,
  tree: JsonTree | undefined,
  reading: Reading,
): TypedRecipe<T> {
  const { table, otherwise } = key;
  if (tree === undefined) return defaultsIn(table, otherwise);
  if (tree.kind === "scalar" && typeof tree.value === "string") {
    return defaultsIn(table, parseType(key, tree, reading));
  }
  const object = reading.objectOf(
    tree,
    key.key,
    t('with a "type", or a name such as {0}', JSON.stringify(otherwise)),
  );
  if (object === undefined) return defaultsIn(table, otherwise);
  const typeTree = valueOf(object, "type");
  if (typeTree === undefined) {
    reading.wrong(object, t('{0} has no type: add "type": {1}.', key.key, namesOf(table)));
    return defaultsIn(table, otherwise);
  }
  const type = parseType(key, typeTree, reading);
  const options: OptionTable = table[type]?.options ?? {};
  reportUnknown(`${key.key} ${type}`, { type: typeOption, ...options }, object, reading);
  return { ...defaultsIn(table, type), ...readGiven(options, object, key.key, reading) };
}

const typeOption: Option = { kind: "choice", values: [], description: "" };

/** Warns of keys that the table does not have. */
function reportUnknown(
  owner: string,
  table: OptionTable,
  object: JsonObjectTree,
  reading: Reading,
): void {
  const known = Object.keys(table);
  for (const { key, keyRange } of reading.uniqueEntries(object, owner.split(" ")[0] ?? owner)) {
    if (!Object.hasOwn(table, key)) {
      reading.report({
        severity: "warning",
        code: "unknownOption",
        message: `${t("{0} has no option {1}; it is kept and not used.", owner, quoteValue(key))}${didYouMean(
          nearestName(
            key,
            known.filter((name) => name !== "type"),
          ),
        )}`,
        range: keyRange,
      });
    }
  }
}

const namesOf = (table: Definitions): string =>
  joinWords(Object.keys(table).map((name) => JSON.stringify(name)));

function parseType<T extends Definitions>(
  { key, table, otherwise }: TypedKey<T>,
  tree: JsonTree,
  reading: Reading,
): keyof T & string {
  const raw = toValue(tree);
  if (typeof raw === "string" && Object.hasOwn(table, raw)) return raw;
  const nearest = typeof raw === "string" ? nearestName(raw, Object.keys(table)) : undefined;
  reading.wrong(
    tree,
    `${t("{0} must be {1}, not {2}.", key, namesOf(table), quoteValue(raw))}${didYouMean(nearest)}`,
    { option: key },
  );
  return otherwise;
}

function defaultsIn<T extends Definitions>(table: T, type: keyof T & string): TypedRecipe<T> {
  // Each type was read with its own options, which TypeScript cannot follow through the table.
  return { type, ...defaultValues(table[type]?.options ?? {}) } as unknown as TypedRecipe<T>;
}

/** An optimiser with every default. */
export const defaultOptimizerRecipe = <K extends OptimizerRecipe["type"]>(
  type: K,
): Extract<OptimizerRecipe, { type: K }> =>
  defaultsIn(optimizers, type) as Extract<OptimizerRecipe, { type: K }>;

/** A schedule with every default. */
export const defaultScheduleRecipe = <K extends ScheduleRecipe["type"]>(
  type: K,
): Extract<ScheduleRecipe, { type: K }> =>
  defaultsIn(schedules, type) as Extract<ScheduleRecipe, { type: K }>;

/** A recipe with every default and no data set. */
export const defaultRecipe = (): TrainingRecipe => ({
  optimizer: defaultsIn(optimizers, defaultOptimizer),
  schedule: defaultsIn(schedules, defaultSchedule),
  ...defaultValues(trainingOptions),
});

function defaultValues<const T extends OptionTable>(table: T): OptionValues<T> {
  const { values } = readOptions(table, {});
  if (values === undefined) throw new Error("an option of a recipe has no default");
  return values;
}
