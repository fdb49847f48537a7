import {
  budgetOptions,
  datasets,
  defaultOptimizer,
  defaultSchedule,
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
  type TypedDefinition,
} from "../design/recipeOptions.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { tableProperties } from "./optionSchema.ts";

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
      optimizer: typedSchema(
        "How the weights follow their gradient: a name, or a name with options.",
        defaultOptimizer,
        optimizers,
      ),
      schedule: typedSchema(
        "How the learning rate changes: a name, or a name with options.",
        defaultSchedule,
        schedules,
      ),
      earlyStopping: {
        description: "Ends the training where it does not get better any more.",
        type: "object",
        properties: tableProperties(earlyStoppingOptions),
        additionalProperties: false,
      },
      ...tableProperties(trainingOptions),
    },
    additionalProperties: false,
  };
}

/** One of a table of types: its name, or an object with its options. */
function typedSchema(
  description: string,
  otherwise: string,
  table: Readonly<Record<string, TypedDefinition>>,
): JsonSchema {
  const named = Object.entries(table);
  const names: JsonSchema = {
    enum: named.map(([type]) => type),
    enumDescriptions: named.map(([, { summary }]) => summary),
  };
  return {
    description,
    default: otherwise,
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
