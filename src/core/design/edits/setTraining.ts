import type { JsonValue } from "../../layers/option.ts";
import type { TextEdit } from "../command.ts";
import { type JsonObjectTree, type JsonTree, toValue, valueOf } from "../jsonTree.ts";
import { datasets } from "../datasetOptions.ts";
import { datasetAtPath } from "../parseDataset.ts";
import {
  defaultOptimizer,
  defaultSchedule,
  optimizers,
  schedules,
  type TypedDefinition,
} from "../recipeOptions.ts";
import {
  addToSection,
  type DesignText,
  isObject,
  Refusal,
  removeKeys,
  replaceTree,
  sectionOf,
  setKey,
} from "./designText.ts";
import { printInline } from "./textStyle.ts";
import { t } from "../../text/t.ts";

/** Sets one value of the training recipe, or takes it out where there is no value. */
export function setTraining(
  document: DesignText,
  path: readonly string[],
  value: JsonValue | undefined,
): readonly TextEdit[] {
  const [key, inner, ...deeper] = path;
  const isSection = key === undefined || Object.hasOwn(sections, key);
  if (key === undefined || deeper.length > 0 || (inner !== undefined && !isSection)) {
    throw new Refusal(
      t("The training recipe has no value at {0}.", JSON.stringify(path.join("."))),
    );
  }
  const training = sectionOf(document, "training");
  if (inner !== undefined) return setInner(document, training, key, inner, value);
  if (value === undefined) {
    return training === undefined ? [] : removeKeys(document, training, new Set([key]));
  }
  return training === undefined || valueOf(training, key) === undefined
    ? addToSection(document, "training", { [key]: value })
    : setKey(document, training, key, value);
}

/** A key of the recipe that holds options; one with types may stand in the file as the name of its type alone. */
interface Section {
  readonly types?: object;
  readonly otherwise?: string;
  /** What a text that is no type stands for. */
  readonly expand?: (text: string) => { readonly type: string; readonly path: string };
}

const sections: Readonly<Record<string, Section>> = {
  dataset: { types: datasets, otherwise: "imageFolder", expand: datasetAtPath },
  augmentation: {},
  optimizer: { types: optimizers, otherwise: defaultOptimizer },
  schedule: { types: schedules, otherwise: defaultSchedule },
  earlyStopping: {},
};

function setInner(
  document: DesignText,
  training: JsonObjectTree | undefined,
  key: string,
  option: string,
  value: JsonValue | undefined,
): readonly TextEdit[] {
  const tree = valueOf(training, key);
  if (tree === undefined || tree.kind !== "object") {
    return value === undefined ? [] : writeSection(document, tree, key, option, value);
  }
  if (option !== "type") {
    return value === undefined
      ? removeKeys(document, tree, new Set([option]))
      : setKey(document, tree, option, value);
  }
  if (typeof value !== "string") throw new Refusal(t("The {0} cannot be without a type.", key));
  return changeType(document, tree, key, value);
}

/** The section as an object, where the file has only the name of its type or nothing at all. */
function writeSection(
  document: DesignText,
  tree: JsonTree | undefined,
  key: string,
  option: string,
  value: JsonValue,
): readonly TextEdit[] {
  const section: JsonValue = { ...startOf(tree, sections[key]), [option]: value };
  if (tree !== undefined) {
    const isName = option === "type" && typeof value === "string";
    return [replaceTree(tree, printInline(isName ? value : section, document.style))];
  }
  return addToSection(document, "training", { [key]: section });
}

/** What a name or a path alone stands for, as an object. */
function startOf(
  tree: JsonTree | undefined,
  { types = {}, otherwise, expand }: Section = {},
): { readonly [key: string]: JsonValue } {
  const written = tree && toValue(tree);
  if (typeof written === "string" && expand !== undefined && !Object.hasOwn(types, written)) {
    return { ...expand(written) };
  }
  const type = typeof written === "string" ? written : otherwise;
  return type === undefined ? {} : { type };
}

/** Options that the new type does not have go with the old one. */
function changeType(
  document: DesignText,
  tree: JsonObjectTree,
  key: string,
  type: string,
): readonly TextEdit[] {
  const types: object = sections[key]?.types ?? {};
  const known = Object.hasOwn(types, type)
    ? (types as Readonly<Record<string, TypedDefinition>>)[type]?.options
    : undefined;
  const old = toValue(tree);
  const stale = isObject(old)
    ? Object.keys(old).filter((name) => name !== "type" && known && !Object.hasOwn(known, name))
    : [];
  return [...setKey(document, tree, "type", type), ...removeKeys(document, tree, new Set(stale))];
}
