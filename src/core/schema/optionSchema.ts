import type { NumberOption, Option, OptionTable } from "../layers/option.ts";
import { LARGEST_VALUE } from "../design/readOptions.ts";
import type { JsonSchema } from "./jsonSchema.ts";

/** The schema of one option, the same as what `readOption` takes. */
export function optionSchema(option: Option): JsonSchema {
  const { description } = option;
  const written = writtenDefault(option);
  return {
    description,
    ...(written === undefined ? {} : { default: written }),
    ...valueSchema(option),
  };
}

/** The default as a person would write it: a pair of equals is one number. */
function writtenDefault(option: Option): unknown {
  const { default: value } = option;
  if (option.kind !== "pair" || option.default === undefined) return value;
  const [height, width] = option.default;
  return height === width ? height : option.default;
}

function valueSchema(option: Option): JsonSchema {
  switch (option.kind) {
    case "integer":
      return option.word === undefined
        ? whole(option.minimum, option.maximum)
        : { anyOf: [whole(option.minimum, option.maximum), { enum: [option.word] }] };
    case "number":
      return { type: "number", ...realRange(option) };
    case "boolean":
      return { type: "boolean" };
    case "pair":
      return { anyOf: pairForms(option.minimum, option.maximum) };
    case "optionalPair":
      return { anyOf: [...pairForms(option.minimum, option.maximum), { type: "null" }] };
    case "padding":
      return {
        anyOf: [
          {
            enum: ["same", "valid"],
            enumDescriptions: [
              "As much padding as keeps the size at strides of 1, as TensorFlow places it.",
              "No padding.",
            ],
          },
          ...pairForms(0),
          tuple(whole(0), 4, "Rows above, rows below, columns left and columns right."),
        ],
      };
    case "choice":
      return { enum: option.values };
    case "shape":
      return { anyOf: option.ranks.map((rank) => tuple(whole(1), rank)) };
    case "rising":
      return {
        type: "array",
        items: whole(option.minimum, option.maximum),
        uniqueItems: true,
      };
    case "table":
      return { type: "array", minItems: 1, items: inputChannels };
    case "regularizer":
      return { type: "object", properties: strengths, additionalProperties: false };
    case "text":
      return { type: "string", ...(option.default === "" ? {} : { minLength: 1 }) };
    case "weights":
      return {
        anyOf: [
          { enum: ["none", "balanced"] },
          {
            type: "array",
            minItems: 1,
            items: { type: "number", minimum: 0, maximum: LARGEST_VALUE },
          },
        ],
      };
  }
}

/** The channels that one output of a table reads. */
const inputChannels: JsonSchema = {
  type: "array",
  items: { type: "integer", minimum: 0, maximum: LARGEST_VALUE },
  minItems: 1,
  uniqueItems: true,
};

const strengths: Readonly<Record<string, JsonSchema>> = {
  l1: {
    description: "Times the sum of the absolute values; drives weights to zero.",
    type: "number",
    minimum: 0,
    maximum: LARGEST_VALUE,
  },
  l2: {
    description: "Times the sum of the squares; keeps weights small.",
    type: "number",
    minimum: 0,
    maximum: LARGEST_VALUE,
  },
};

function whole(minimum: number, maximum = LARGEST_VALUE): JsonSchema {
  return { type: "integer", minimum, maximum };
}

function tuple(items: JsonSchema, length: number, description?: string): JsonSchema {
  return {
    ...(description === undefined ? {} : { description }),
    type: "array",
    items,
    minItems: length,
    maxItems: length,
  };
}

function pairForms(minimum: number, maximum?: number): readonly JsonSchema[] {
  const one = whole(minimum, maximum);
  return [one, tuple(one, 2, "Height and width.")];
}

function realRange(option: NumberOption): JsonSchema {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = option;
  return {
    ...(exclusiveMinimum === undefined
      ? { minimum: minimum ?? -LARGEST_VALUE }
      : { exclusiveMinimum }),
    ...(exclusiveMaximum === undefined
      ? { maximum: maximum ?? LARGEST_VALUE }
      : { exclusiveMaximum }),
  };
}

/** The schemas of all options of a table. */
export function tableProperties(table: OptionTable): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries<Option>(table).map(([name, option]) => [name, optionSchema(option)]),
  );
}

/** The options that a file must name. */
export function requiredOptions(table: OptionTable): readonly string[] {
  return Object.entries<Option>(table)
    .filter(([, option]) => option.default === undefined)
    .map(([name]) => name);
}
