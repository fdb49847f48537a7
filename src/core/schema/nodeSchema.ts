import { blocks } from "../blocks/blocks.ts";
import type { BlockDefinition } from "../blocks/block.ts";
import { repeatOption } from "../design/recipeOptions.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layers } from "../layers/layers.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { optionSchema, requiredOptions, tableProperties } from "./optionSchema.ts";

/** The name of a node: anything but empty, with no slash and no blank at its ends. */
export const nodeName: JsonSchema = { pattern: "^(?! )[^/]*[^/ ]$", maxLength: 200 };

const definitions: readonly (LayerDefinition | BlockDefinition)[] = [
  ...Object.values<LayerDefinition>(layers),
  // Parts of other blocks are no types of their own.
  ...Object.values<BlockDefinition>(blocks).filter(({ isInternal }) => isInternal !== true),
];

const sourceName: JsonSchema = { type: "string" };

/** A node of the design: its type decides which options it has; the types of own blocks are free. */
export function nodeSchema(): JsonSchema {
  return {
    type: "object",
    properties: { type: typeSchema() },
    required: ["type"],
    allOf: definitions.map(({ type }) => ({
      if: { properties: { type: { const: type } }, required: ["type"] },
      // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON schema
      then: { $ref: `#/definitions/${type}` },
    })),
  };
}

function typeSchema(): JsonSchema {
  return {
    description: "The layer or block that the node is.",
    anyOf: [
      {
        enum: definitions.map(({ type }) => type),
        enumDescriptions: definitions.map(({ summary }) => summary),
      },
      { type: "string", minLength: 1, description: "A block of this file." },
    ],
  };
}

/** One definition for each layer and block, by its type. */
export function typeDefinitions(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    definitions.map((definition) => [definition.type, typeDefinition(definition)]),
  );
}

function typeDefinition(definition: LayerDefinition | BlockDefinition): JsonSchema {
  const { type, title, summary, inputs, options, category } = definition;
  const reads = inputs.maximum > 0;
  return {
    title,
    description: summary,
    type: "object",
    properties: {
      type: { const: type, description: summary },
      ...(reads ? { from: fromSchema(inputs.minimum, inputs.maximum) } : {}),
      ...tableProperties(options),
      ...(category === "block" ? { repeat: optionSchema(repeatOption) } : {}),
    },
    required: ["type", ...(inputs.minimum > 0 ? ["from"] : []), ...requiredOptions(options)],
    additionalProperties: false,
  };
}

function fromSchema(minimum: number, maximum: number): JsonSchema {
  const list = {
    type: "array",
    items: sourceName,
    minItems: minimum,
    ...(maximum === Infinity ? {} : { maxItems: maximum }),
  };
  return {
    description:
      maximum === 1 ? "The node that this one reads." : "The nodes that this one reads, in order.",
    ...(minimum > 1 ? list : { anyOf: [sourceName, list] }),
  };
}

/** A node inside a block of the file, whose options may be expressions such as `"4*k"`. */
export const innerNodeSchema: JsonSchema = {
  type: "object",
  properties: {
    type: typeSchema(),
    from: {
      description: "The inputs of the block and nodes in it that this one reads.",
      anyOf: [sourceName, { type: "array", items: sourceName }],
    },
  },
  required: ["type"],
};
