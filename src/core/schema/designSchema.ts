import { CURRENT_VERSION } from "../design/migrate.ts";
import { LARGEST_POSITION } from "../design/recipeOptions.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { innerNodeSchema, nodeName, nodeSchema, typeDefinitions } from "./nodeSchema.ts";
import { budgetSchema, trainingSchema } from "./recipeSchema.ts";

/** The JSON schema of `*.cnn.json` files, from the same tables that read them. */
export function designSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "CNN Architect design",
    description:
      "A convolutional network: its nodes, how it is trained and where it stands on the canvas.",
    allowComments: true,
    allowTrailingCommas: true,
    type: "object",
    properties: {
      $schema: { type: "string" },
      version: { description: "Version of the format.", enum: [CURRENT_VERSION] },
      name: { description: "Name of the network.", type: "string" },
      nodes: {
        description: "The layers and blocks by their names, in the order in which they were made.",
        type: "object",
        propertyNames: nodeName,
        additionalProperties: { $ref: "#/definitions/node" },
      },
      blocks: {
        description: "Blocks of this file, used as types of its nodes.",
        type: "object",
        additionalProperties: { $ref: "#/definitions/ownBlock" },
      },
      training: trainingSchema(),
      budget: budgetSchema(),
      canvas: {
        description: "Where nodes stand that a person has moved, as [x, y] in pixels.",
        type: "object",
        additionalProperties: {
          type: "array",
          items: { type: "number", minimum: -LARGEST_POSITION, maximum: LARGEST_POSITION },
          minItems: 2,
          maxItems: 2,
        },
      },
    },
    additionalProperties: false,
    definitions: { node: nodeSchema(), ownBlock, innerNode: innerNodeSchema, ...typeDefinitions() },
  };
}

const ownBlock: JsonSchema = {
  type: "object",
  properties: {
    parameters: {
      description: "Names with their defaults; nodes use them in expressions.",
      type: "object",
    },
    inputs: {
      description: "Names under which the nodes read what is wired to the block.",
      type: "array",
      items: { type: "string" },
      uniqueItems: true,
    },
    nodes: {
      description: "The nodes that the block stands for.",
      type: "object",
      propertyNames: nodeName,
      additionalProperties: { $ref: "#/definitions/innerNode" },
    },
    output: { description: "The node that leaves the block.", type: "string" },
  },
  required: ["inputs", "nodes", "output"],
  additionalProperties: false,
};
