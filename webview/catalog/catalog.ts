import type { BlockDefinition } from "../../src/core/blocks/block.ts";
import { blockDefinition, blocks } from "../../src/core/blocks/blocks.ts";
import { repeatOption } from "../../src/core/design/recipeOptions.ts";
import type { Design } from "../../src/core/design/design.ts";
import { layerDefinition, layers } from "../../src/core/layers/layers.ts";
import type { Category, LayerDefinition } from "../../src/core/layers/layer.ts";
import type { OptionTable } from "../../src/core/layers/option.ts";
import { ownBlockEntry } from "./ownBlock.ts";

/** What the view needs to know of a type of node, layer or block. */
export interface CatalogEntry {
  readonly type: string;
  readonly title: string;
  readonly category: Category;
  readonly summary: string;
  readonly inputs: { readonly minimum: number; readonly maximum: number };
  readonly options: OptionTable;
  /** True for a block that the file defines; its options are the parameters. */
  readonly isOwn?: boolean;
}

type Definition = LayerDefinition | BlockDefinition;

function entryOf(definition: Definition): CatalogEntry {
  const { type, title, category, summary, inputs, options } = definition;
  const all = category === "block" ? { ...options, repeat: repeatOption } : options;
  return { type, title, category, summary, inputs, options: all };
}

/** Groups in the order of the palette, blocks first. */
export const categories: readonly Category[] = [
  "block",
  "convolution",
  "pooling",
  "normalization",
  "activation",
  "join",
  "dense",
  "shape",
  "input",
];

/** Heading of a group, in English; translated where it is shown. */
export const categoryTitles: Readonly<Record<Category, string>> = {
  block: "Blocks",
  convolution: "Convolution",
  pooling: "Pooling",
  normalization: "Normalization",
  activation: "Activation",
  join: "Join",
  dense: "Dense",
  shape: "Shape",
  input: "Input",
};

const definitions: readonly Definition[] = [
  ...Object.values<Definition>(blocks),
  ...Object.values<Definition>(layers),
];

/** Every type that a person can add, blocks included, in the order of the palette. */
export const catalog: readonly CatalogEntry[] = categories.flatMap((category) =>
  definitions
    .filter((definition) => definition.category === category)
    .filter((definition) => !("isInternal" in definition && definition.isInternal))
    .map(entryOf),
);

const known = new Map<string, CatalogEntry>();

/** The entry of a type, or `undefined` where a file names one that does not exist; `own` are the blocks of the file. */
export function catalogEntry(type: string, own?: Design["blocks"]): CatalogEntry | undefined {
  const source = own?.get(type);
  if (source !== undefined) {
    return ownBlockEntry(type, source);
  }
  const definition = layerDefinition(type) ?? blockDefinition(type);
  const entry = known.get(type) ?? (definition && entryOf(definition));
  if (entry !== undefined) {
    known.set(type, entry);
  }
  return entry;
}

/** Everything that can be added to this design: its own blocks first. */
export function catalogOf(own: Design["blocks"]): readonly CatalogEntry[] {
  return own.size === 0
    ? catalog
    : [...[...own].map(([type, source]) => ownBlockEntry(type, source)), ...catalog];
}
