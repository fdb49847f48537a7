import { commonBlockOptions } from "../../blocks/blockOptions.ts";
import { blockDefinition } from "../../blocks/blocks.ts";
import { readable } from "../../blocks/readable.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { JsonValue, Option, OptionTable } from "../../layers/option.ts";
import type { Design, DesignNode } from "../design.ts";
import { readOption } from "../readOptions.ts";

/** Said of two nodes that no value of a parameter can make equal. */
export const unlike = Symbol("unlike");

/** Name under which the count of copies is compared; a node holds it beside its options. */
export const repeatKey = "repeat";

/** Of what a block of the file takes beside its parameters. */
const commonDefaults: DesignNode["options"] = { trainable: commonBlockOptions.trainable.default };

/** Options in which two nodes of one type differ, or `unlike` where one lacks what has no default. */
export function optionsDiffer(
  design: Design,
  one: DesignNode,
  other: DesignNode,
): readonly string[] | typeof unlike {
  const keys = new Set([...Object.keys(one.options), ...Object.keys(other.options), repeatKey]);
  const differing: string[] = [];
  for (const key of keys) {
    const [first, second] = [valueAt(design, one, key), valueAt(design, other, key)];
    if (first === undefined || second === undefined) return unlike;
    if (meaning(one.type, key, first) !== meaning(one.type, key, second)) differing.push(key);
  }
  return differing;
}

/** The value of an option in the form of the file, its default where it is not written; `undefined` where it has none. */
export function valueAt(design: Design, node: DesignNode, key: string): JsonValue | undefined {
  if (key === repeatKey) return node.repeat;
  if (Object.hasOwn(node.options, key)) return node.options[key];
  const option = optionOf(node.type, key);
  if (option !== undefined) return fileDefault(option);
  const source = design.blocks.get(node.type);
  if (source === undefined) return undefined;
  const parameters = { ...commonDefaults, ...source.parameters };
  const value = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
  // A default that is worked out from other parameters cannot be said from outside.
  return typeof value === "string" ? undefined : value;
}

/** The option of a layer or built-in block; nothing for a block of the file. */
export function optionOf(type: string, key: string): Option | undefined {
  const table: OptionTable = (layerDefinition(type) ?? blockDefinition(type))?.options ?? {};
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A default in the form of the file. */
export function fileDefault(option: Option): JsonValue | undefined {
  if (option.default === undefined) return undefined;
  return option.kind === "padding" ? readable(option.default) : (option.default as JsonValue);
}

/** Equal for values that mean the same, such as `3` and `[3, 3]` of a pair. */
export function meaning(type: string, key: string, value: JsonValue): string {
  const option = optionOf(type, key);
  const read = option && readOption(option, value);
  return JSON.stringify(read !== undefined && "value" in read ? read.value : value);
}
