import { blocks } from "../../src/core/blocks/blocks.ts";
import type { BlockDefinition } from "../../src/core/blocks/block.ts";
import { augmentationOptions } from "../../src/core/design/augmentationOptions.ts";
import { datasets } from "../../src/core/design/datasetOptions.ts";
import { expectation } from "../../src/core/design/readOptions.ts";
import {
  budgetOptions,
  earlyStoppingOptions,
  optimizers,
  repeatOption,
  schedules,
  trainingOptions,
  type TypedDefinition,
} from "../../src/core/design/recipeOptions.ts";
import type { LayerDefinition } from "../../src/core/layers/layer.ts";
import { layers } from "../../src/core/layers/layers.ts";
import type { Option, OptionTable } from "../../src/core/layers/option.ts";

/** The part of docs/file-format.md that follows from the option tables, as Markdown. */
export function optionReference(): string {
  return [
    "## Layers",
    ...Object.values<LayerDefinition>(layers).map(typeSection),
    "## Blocks",
    `Every block also takes \`repeat\`, ${expectation(repeatOption)}: ${lowerFirst(repeatOption.description)} And it takes \`trainable\`, true or false: with false the weights of all layers inside stay as they are, as in Keras.`,
    ...Object.values<BlockDefinition>(blocks)
      .filter(({ isInternal }) => isInternal !== true)
      .map(typeSection),
    "## Training recipe",
    '`dataset`: the images to train on, as a name (`"mnist"`), a path (`"./flowers"`: images by class; `"digits.csv"`; `"digits.npz"`) or with options (`{ "type": "imageFolder", "path": "./flowers" }`). More in [data.md](data.md).',
    ...typedSections(datasets),
    "### Augmentation",
    "`augmentation` is an object; it says what is done to training images, each time they are seen.",
    optionTable(augmentationOptions),
    '`optimizer`: one of the following, as a name (`"adam"`) or with options (`{ "type": "adam", "learningRate": 0.001 }`).',
    ...typedSections(optimizers),
    '`schedule`: how the learning rate changes, one of the following, as a name (`"cosine"`) or with options (`{ "type": "cosine", "warmupEpochs": 2 }`).',
    ...typedSections(schedules),
    "### Early stopping",
    "`earlyStopping` is an object; without it every epoch is trained.",
    optionTable(earlyStoppingOptions),
    `### Everything else\n\n${optionTable(trainingOptions)}`,
    "## Budget",
    optionTable(budgetOptions),
  ].join("\n\n");
}

function typedSections(table: Readonly<Record<string, TypedDefinition>>): readonly string[] {
  return Object.entries(table).map(([type, { summary, options }]) =>
    [
      `### \`${type}\``,
      summary,
      ...(Object.keys(options).length === 0 ? [] : [optionTable(options)]),
    ].join("\n\n"),
  );
}

function typeSection({
  type,
  summary,
  inputs,
  options,
}: LayerDefinition | BlockDefinition): string {
  const parts = [`### \`${type}\``, `${summary} ${inputWords(inputs)}`];
  return [...parts, ...(Object.keys(options).length === 0 ? [] : [optionTable(options)])].join(
    "\n\n",
  );
}

function inputWords({ minimum, maximum }: LayerDefinition["inputs"]): string {
  if (maximum === 0) return "Reads nothing.";
  if (maximum === Infinity) return `Reads ${minimum} nodes or more.`;
  if (minimum === maximum) return maximum === 1 ? "Reads one node." : `Reads ${maximum} nodes.`;
  return `Reads ${minimum} to ${maximum} nodes.`;
}

function optionTable(table: OptionTable): string {
  return [
    "| option | value | default | |",
    "|---|---|---|---|",
    ...Object.entries<Option>(table).map(
      ([name, option]) =>
        `| \`${name}\` | ${valueWords(option)} | ${defaultWords(option)} | ${option.description} |`,
    ),
  ].join("\n");
}

/** What an option takes; the bounds that hold for every whole number are named once, under Limits. */
function valueWords(option: Option): string {
  return expectation(option)
    .replace(" from 1 to 1,000,000", "")
    .replace(/ from (\d+) to 1,000,000/, " from $1 on");
}

function defaultWords(option: Option): string {
  if (option.default === undefined) return "required";
  const value: unknown = option.default;
  if (option.kind === "pair" && option.default !== undefined) {
    const [height, width] = option.default;
    return height === width ? `\`${height}\`` : `\`[${height}, ${width}]\``;
  }
  return `\`${JSON.stringify(value)}\``;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
