import { blockDefinition } from "../../blocks/blocks.ts";
import { layerDefinition } from "../../layers/layers.ts";
import type { JsonValue, Option, OptionTable } from "../../layers/option.ts";

/** What a new node starts with where its option has no default, by the option's name. */
const starts: Readonly<Record<string, JsonValue>> = {
  shape: [28, 28, 1],
  filters: 32,
  kernelSize: 3,
  units: 10,
  poolSize: 2,
  rate: 0.5,
};

/** What a new node of a type starts with although its options have defaults, because those make little of it. */
const startsOfType: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  // Module 3a of GoogLeNet.
  inceptionBlock: {
    branch1x1: 64,
    reduce3x3: 96,
    branch3x3: 128,
    reduce5x5: 16,
    branch5x5: 32,
    poolProjection: 32,
  },
};

/** The options without which a new node of this type would be wrong at once, with values to begin from. */
export function startOptions(type: string): Readonly<Record<string, JsonValue>> {
  const table: OptionTable = (layerDefinition(type) ?? blockDefinition(type))?.options ?? {};
  const needed = Object.entries<Option>(table)
    .filter(([, option]) => option.default === undefined)
    .map(([name, option]) => [name, starts[name] ?? plainStart(option)] as const);
  return { ...Object.fromEntries(needed), ...startsOfType[type] };
}

function plainStart(option: Option): JsonValue {
  switch (option.kind) {
    case "integer":
    case "pair":
      return Math.max(option.minimum, 1);
    case "number":
      return option.minimum ?? (option.exclusiveMinimum ?? 0) + 0.5;
    case "boolean":
      return false;
    case "optionalPair":
      return null;
    case "padding":
      return "valid";
    case "choice":
      return option.values[0] ?? "";
    case "shape":
      return Array.from({ length: option.ranks[0] ?? 1 }, () => 1);
    case "rising":
      return [];
    case "table":
      return [[0]];
    case "regularizer":
      return {};
    case "text":
      return "";
    case "weights":
      return "none";
  }
}
