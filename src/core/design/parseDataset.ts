import type { Option, OptionTable } from "../layers/option.ts";
import { type DatasetType, datasets } from "./datasetOptions.ts";
import { type JsonObjectTree, type JsonTree, toValue, valueOf } from "./jsonTree.ts";
import { nearestName } from "./nearestName.ts";
import { readGiven } from "./readGiven.ts";
import type { Reading } from "./reading.ts";
import type { DatasetRecipe } from "./training.ts";
import { didYouMean, joinWords, quoteValue } from "./words.ts";
import { t } from "../text/t.ts";

const example = '{ "type": "imageFolder", "path": "./images" }';

/** Data sets that need nothing but their name. */
const plainNames = Object.entries<{ readonly options: OptionTable }>(datasets)
  .filter(([, { options }]) =>
    Object.values<Option>(options).every((one) => one.default !== undefined),
  )
  .map(([type]) => JSON.stringify(type));

/** Reads the data set of a recipe: a name, a path, or an object with a type; nothing and a problem where it is none. */
export function parseDataset(object: JsonObjectTree, reading: Reading): DatasetRecipe | undefined {
  const tree = valueOf(object, "dataset");
  if (tree === undefined) {
    reading.report({
      severity: "warning",
      code: "noDataset",
      message: t(
        'training names no data set: add "dataset": {0}.',
        joinWords([...plainNames, example]),
      ),
      range: { offset: object.offset, length: 1 },
    });
    return undefined;
  }
  if (tree.kind === "object") return parseObject(tree, reading);
  if (tree.kind === "scalar" && typeof tree.value === "string" && tree.value !== "") {
    return isPath(tree.value) ? atPath(tree.value) : parseName(tree, tree.value, reading);
  }
  reading.wrong(
    tree,
    t(
      "dataset of training must be the name of a data set, {0}, a path, or an object such as {1}, not {2}.",
      joinWords(plainNames),
      example,
      quoteValue(toValue(tree)),
    ),
    { option: "dataset" },
  );
  return undefined;
}

const isPath = (text: string): boolean => /[/\\]/.test(text) || /\.(?:csv|tsv|npz)$/i.test(text);

/** What a path alone says of its type; a folder holds images. */
export function datasetAtPath(path: string): { readonly type: DatasetType; readonly path: string } {
  if (/\.(?:csv|tsv)$/i.test(path)) return { type: "csv", path };
  return { type: /\.npz$/i.test(path) ? "numpy" : "imageFolder", path };
}

function atPath(text: string): DatasetRecipe {
  const { type, path } = datasetAtPath(text);
  // Only its path was missing.
  return { ...withDefaults(type), path } as unknown as DatasetRecipe;
}

function parseName(tree: JsonTree, name: string, reading: Reading): DatasetRecipe | undefined {
  const type = parseType(tree, reading);
  return type === undefined
    ? undefined
    : complete(
        type,
        {},
        tree,
        reading,
        t('write "dataset": { "type": {0}, "path": "./data" }', JSON.stringify(name)),
      );
}

function parseObject(tree: JsonObjectTree, reading: Reading): DatasetRecipe | undefined {
  const entries = reading.uniqueEntries(tree, "dataset");
  const typeTree = valueOf(tree, "type");
  if (typeTree === undefined) {
    reading.wrong(
      tree,
      t('dataset has no type: add "type": {0}.', joinWords(typeNames())),
      unknown,
    );
    return undefined;
  }
  const type = parseType(typeTree, reading);
  if (type === undefined) return undefined;
  const table: OptionTable = datasets[type].options;
  for (const { key, keyRange } of entries) {
    if (key !== "type" && !Object.hasOwn(table, key)) {
      reading.report({
        severity: "warning",
        code: "unknownOption",
        message: `${t("dataset {0} has no option {1}; it is kept and not used.", type, quoteValue(key))}${didYouMean(nearestName(key, Object.keys(table)))}`,
        range: keyRange,
      });
    }
  }
  const given = readGiven(table, tree, "dataset", reading);
  return complete(type, given, tree, reading, t('add "path": "./data"'));
}

const unknown = { code: "noDataset", option: "dataset", severity: "warning" } as const;

const typeNames = (): readonly string[] =>
  Object.keys(datasets).map((type) => JSON.stringify(type));

function parseType(tree: JsonTree, reading: Reading): DatasetType | undefined {
  const raw = toValue(tree);
  if (isDatasetType(raw)) return raw;
  const nearest = typeof raw === "string" ? nearestName(raw, Object.keys(datasets)) : undefined;
  reading.wrong(
    tree,
    `${t("There is no data set {0}.", quoteValue(raw))}${nearest === undefined ? ` ${t("It can be {0}.", joinWords(typeNames()))}` : didYouMean(nearest)}`,
    unknown,
  );
  return undefined;
}

const isDatasetType = (name: unknown): name is DatasetType =>
  typeof name === "string" && Object.hasOwn(datasets, name);

/** The recipe with every default, or nothing and a problem where an option that has none is missing. */
function complete(
  type: DatasetType,
  given: Readonly<Record<string, unknown>>,
  tree: JsonTree,
  reading: Reading,
  remedy: string,
): DatasetRecipe | undefined {
  const recipe: Readonly<Record<string, unknown>> = { ...withDefaults(type), ...given };
  const missing = Object.keys(datasets[type].options).find((name) => recipe[name] === undefined);
  if (missing !== undefined) {
    reading.wrong(tree, t("The data set {0} needs its {1}: {2}.", type, missing, remedy), unknown);
    return undefined;
  }
  // Each option was read by the table of its own type.
  return recipe as unknown as DatasetRecipe;
}

/** A data set with what its options are by default; those that have no default are not there. */
function withDefaults(type: DatasetType): Readonly<Record<string, unknown>> {
  const table: OptionTable = datasets[type].options;
  const defaults = Object.entries<Option>(table).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { type, ...Object.fromEntries(defaults) };
}
