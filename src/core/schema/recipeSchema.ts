import {
  budgetOptions,
  datasets,
  defaultOptimizer,
  type OptimizerDefinition,
  optimizers,
  trainingOptions,
} from "../design/recipeOptions.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { tableProperties } from "./optionSchema.ts";

const named: readonly (readonly [string, OptimizerDefinition])[] = Object.entries(optimizers);

const names: JsonSchema = {
  enum: named.map(([type]) => type),
  enumDescriptions: named.map(([, { summary }]) => summary),
};

/** How a design is trained. */
export function trainingSchema(): JsonSchema {
  return {
    description: "How the network is trained.",
    type: "object",
    properties: {
      dataset: {
        description: "The images to train on.",
        enum: Object.keys(datasets),
        enumDescriptions: Object.values(datasets),
      },
      optimizer: optimizerSchema(),
      ...tableProperties(trainingOptions),
    },
    additionalProperties: false,
  };
}

function optimizerSchema(): JsonSchema {
  return {
    description: "How the weights follow their gradient: a name, or a name with options.",
    default: defaultOptimizer,
    anyOf: [
      names,
      {
        type: "object",
        properties: { type: names },
        required: ["type"],
        allOf: named.map(([type, { title, summary, options }]) => ({
          if: { properties: { type: { const: type } }, required: ["type"] },
          // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON schema
          then: {
            title,
            description: summary,
            properties: { type: { const: type }, ...tableProperties(options) },
            additionalProperties: false,
          },
        })),
      },
    ],
  };
}

/** What the author wants to stay within. */
export function budgetSchema(): JsonSchema {
  return {
    description: "Limits that the network should keep; a problem says where it does not.",
    type: "object",
    properties: tableProperties(budgetOptions),
    additionalProperties: false,
  };
}
