import { augmentationOptions } from "../design/augmentationOptions.ts";
import { datasets } from "../design/datasetOptions.ts";
import {
  budgetOptions,
  defaultOptimizer,
  defaultSchedule,
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
  type TypedDefinition,
} from "../design/recipeOptions.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { requiredOptions, tableProperties } from "./optionSchema.ts";

/** How a design is trained. */
export function trainingSchema(): JsonSchema {
  return {
    description: "How the network is trained.",
    type: "object",
    properties: {
      dataset: datasetSchema(),
      augmentation: {
        description: "What is done to training images, each time they are seen.",
        type: "object",
        properties: tableProperties(augmentationOptions),
        additionalProperties: false,
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

/** A name or an object as with other types, or a path that tells its type. */
function datasetSchema(): JsonSchema {
  const { anyOf = [], ...schema } = typedSchema(
    "The images to train on: a name, a path, or a type with options.",
    undefined,
    datasets,
  );
  const path: JsonSchema = {
    type: "string",
    pattern: "[/\\\\]|\\.(csv|tsv|npz)$",
    description: "A folder of images by class, a .csv file or an .npz file.",
  };
  return { ...schema, anyOf: [...anyOf, path] };
}

/** One of a table of types: its name, or an object with its options. */
function typedSchema(
  description: string,
  otherwise: string | undefined,
  table: Readonly<Record<string, TypedDefinition>>,
): JsonSchema {
  const named = Object.entries(table);
  return {
    description,
    ...(otherwise === undefined ? {} : { default: otherwise }),
    anyOf: [
      namesOf(named.filter(([, { options }]) => requiredOptions(options).length === 0)),
      {
        type: "object",
        properties: { type: namesOf(named) },
        required: ["type"],
        allOf: named.map(([type, { title, summary, options }]) => ({
          if: { properties: { type: { const: type } }, required: ["type"] },
          // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON schema
          then: {
            title,
            description: summary,
            properties: { type: { const: type }, ...tableProperties(options) },
            required: ["type", ...requiredOptions(options)],
            additionalProperties: false,
          },
        })),
      },
    ],
  };
}

const namesOf = (named: readonly (readonly [string, TypedDefinition])[]): JsonSchema => ({
  enum: named.map(([type]) => type),
  enumDescriptions: named.map(([, { summary }]) => summary),
});

/** What the author wants to stay within. */
export function budgetSchema(): JsonSchema {
  return {
    description: "Limits that the network should keep; a problem says where it does not.",
    type: "object",
    properties: tableProperties(budgetOptions),
    additionalProperties: false,
  };
}
