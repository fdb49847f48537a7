import type { JsonValue } from "../../layers/option.ts";
import type { TextEdit } from "../command.ts";
import { type JsonObjectTree, type JsonTree, toValue, valueOf } from "../jsonTree.ts";
import { defaultOptimizer, optimizers } from "../recipeOptions.ts";
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

/** Sets one value of the training recipe, or takes it out where there is no value. */
export function setTraining(
  document: DesignText,
  path: readonly string[],
  value: JsonValue | undefined,
): readonly TextEdit[] {
  const [key, inner, ...deeper] = path;
  if (key === undefined || deeper.length > 0 || (inner !== undefined && key !== "optimizer")) {
    throw new Refusal(`The training recipe has no value at ${JSON.stringify(path.join("."))}.`);
  }
  const training = sectionOf(document, "training");
  if (inner !== undefined) return setOptimizer(document, training, inner, value);
  if (value === undefined) {
    return training === undefined ? [] : removeKeys(document, training, new Set([key]));
  }
  return training === undefined || valueOf(training, key) === undefined
    ? addToSection(document, "training", { [key]: value })
    : setKey(document, training, key, value);
}

function setOptimizer(
  document: DesignText,
  training: JsonObjectTree | undefined,
  option: string,
  value: JsonValue | undefined,
): readonly TextEdit[] {
  const tree = valueOf(training, "optimizer");
  if (tree === undefined || tree.kind !== "object") {
    return option === "type" && value === undefined
      ? []
      : writeOptimizer(document, tree, option, value);
  }
  if (option !== "type") {
    return value === undefined
      ? removeKeys(document, tree, new Set([option]))
      : setKey(document, tree, option, value);
  }
  if (typeof value !== "string") throw new Refusal("An optimizer cannot be without a type.");
  return changeType(document, tree, value);
}

/** The optimizer as an object, where the file has only its name or none at all. */
function writeOptimizer(
  document: DesignText,
  tree: JsonTree | undefined,
  option: string,
  value: JsonValue | undefined,
): readonly TextEdit[] {
  const written = tree && toValue(tree);
  const type = typeof written === "string" ? written : defaultOptimizer;
  const optimizer: JsonValue = { type, ...(value === undefined ? {} : { [option]: value }) };
  if (tree !== undefined) {
    const isName = option === "type" && typeof value === "string";
    return [replaceTree(tree, printInline(isName ? value : optimizer, document.style))];
  }
  return addToSection(document, "training", { optimizer });
}

/** Options that the new type does not have go with the old one. */
function changeType(document: DesignText, tree: JsonObjectTree, type: string): readonly TextEdit[] {
  const known: object | undefined = Object.hasOwn(optimizers, type)
    ? optimizers[type as keyof typeof optimizers].options
    : undefined;
  const old = toValue(tree);
  const stale = isObject(old)
    ? Object.keys(old).filter((key) => key !== "type" && known && !Object.hasOwn(known, key))
    : [];
  return [...setKey(document, tree, "type", type), ...removeKeys(document, tree, new Set(stale))];
}
