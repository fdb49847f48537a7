import type { OptionTable } from "../layers/option.ts";

/** One optimiser as the file names it: what the inspector, the schema and the docs show. */
export interface OptimizerDefinition {
  readonly title: string;
  readonly summary: string;
  readonly options: OptionTable;
}

const learningRate = {
  kind: "number",
  exclusiveMinimum: 0,
  maximum: 1000,
} as const;

/** Every optimiser by its type, with Keras's options and defaults. */
export const optimizers = {
  adam: {
    title: "Adam",
    summary:
      "Adapts the step of every weight by running means of its gradient (Kingma and Ba 2015).",
    options: {
      learningRate: { ...learningRate, default: 0.001, description: "Size of a step." },
      beta1: {
        kind: "number",
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.9,
        description: "Decay of the running mean of the gradient.",
      },
      beta2: {
        kind: "number",
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.999,
        description: "Decay of the running mean of the squared gradient.",
      },
      epsilon: {
        kind: "number",
        exclusiveMinimum: 0,
        maximum: 1,
        default: 1e-7,
        description: "Added to the divisor, so that it is never 0.",
      },
    },
  },
  sgd: {
    title: "SGD",
    summary: "Steps against the gradient of each batch, with momentum where it is set.",
    options: {
      learningRate: { ...learningRate, default: 0.01, description: "Size of a step." },
      momentum: {
        kind: "number",
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0,
        description: "Share of the last step that goes into the next one.",
      },
      nesterov: {
        kind: "boolean",
        default: false,
        description: "Looks at the gradient where momentum alone would lead (Nesterov).",
      },
    },
  },
} as const satisfies Readonly<Record<string, OptimizerDefinition>>;

export type OptimizerType = keyof typeof optimizers;

/** The optimiser of a recipe that names none. */
export const defaultOptimizer: OptimizerType = "adam";

/** Everything in a recipe that is one value, with its default. */
export const trainingOptions = {
  loss: {
    kind: "choice",
    values: ["categoricalCrossentropy", "meanSquaredError"],
    default: "categoricalCrossentropy",
    description: "What training makes smaller.",
  },
  batchSize: {
    kind: "integer",
    minimum: 1,
    maximum: 65_536,
    default: 32,
    description: "Images in one step.",
  },
  epochs: {
    kind: "integer",
    minimum: 1,
    maximum: 100_000,
    default: 5,
    description: "How often training sees every image.",
  },
  validationSplit: {
    kind: "number",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.1,
    description: "Share of the training images that is kept aside to validate.",
  },
  seed: {
    kind: "integer",
    minimum: 0,
    maximum: 4_294_967_295,
    default: 1,
    description: "Starts the random numbers: the same seed gives the same run.",
  },
} as const satisfies OptionTable;

/** Limits that an author sets; each may be left out. */
export const budgetOptions = {
  parameters: {
    kind: "integer",
    minimum: 1,
    maximum: 1_000_000_000_000_000,
    description: "Most parameters that the network may have.",
  },
  macs: {
    kind: "integer",
    minimum: 1,
    maximum: 1_000_000_000_000_000,
    description: "Most multiply-accumulates that one image may cost.",
  },
} as const satisfies OptionTable;

/** How often a block stands in a row; every block has this beside its own options. */
export const repeatOption = {
  kind: "integer",
  minimum: 1,
  maximum: 1000,
  default: 1,
  description: "How often the block stands in a row.",
} as const;

/** Data sets that come with the product, by the name in the file. */
export const datasets = {
  mnist: "60,000 + 10,000 handwritten digits of 28 × 28 pixels in grey (LeCun et al. 1998).",
  synthetic:
    "Drawn shapes in as many classes and of the size that the network asks for; needs no download.",
} as const satisfies Readonly<Record<string, string>>;

/** Farthest place on the canvas from its origin, in pixels. */
export const LARGEST_POSITION = 1_000_000;
