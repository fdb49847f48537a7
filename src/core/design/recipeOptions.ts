import type { OptionTable } from "../layers/option.ts";

/** One optimiser or schedule as the file names it: what the inspector, the schema and the docs show. */
export interface TypedDefinition {
  readonly title: string;
  readonly summary: string;
  readonly options: OptionTable;
}

const learningRate = {
  kind: "number",
  exclusiveMinimum: 0,
  maximum: 1000,
  description: "Size of a step.",
} as const;

const decay = { kind: "number", minimum: 0, exclusiveMaximum: 1 } as const;

const epsilon = {
  isAdvanced: true,
  kind: "number",
  exclusiveMinimum: 0,
  maximum: 1,
  default: 1e-7,
  description: "Added to the divisor, so that it is never 0.",
} as const;

const momentum = {
  ...decay,
  default: 0,
  description: "Share of the last step that goes into the next one.",
} as const;

/** What every optimiser has behind its own options. */
const common = {
  weightDecay: {
    kind: "number",
    minimum: 0,
    maximum: 1000,
    default: 0,
    description: "Before each step every weight loses learningRate · weightDecay of itself.",
  },
  clipNorm: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    default: 0,
    description: "Longest gradient of one weight tensor; longer ones are shortened. 0: no limit.",
  },
  globalClipNorm: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    default: 0,
    description: "Longest gradient of all weights together; all are shortened alike. 0: no limit.",
  },
  clipValue: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    default: 0,
    description: "Largest value in a gradient, either way. 0: no limit.",
  },
} as const satisfies OptionTable;

const adamOptions = {
  learningRate: { ...learningRate, default: 0.001 },
  beta1: {
    ...decay,
    isAdvanced: true,
    default: 0.9,
    description: "Decay of the running mean of the gradient.",
  },
  beta2: {
    ...decay,
    isAdvanced: true,
    default: 0.999,
    description: "Decay of the running mean of the squared gradient.",
  },
  epsilon,
} as const satisfies OptionTable;

/** Every optimiser by its type, with Keras's options and defaults. */
export const optimizers = {
  adam: {
    title: "Adam",
    summary:
      "Adapts the step of every weight by running means of its gradient (Kingma and Ba 2015).",
    options: { ...adamOptions, ...common },
  },
  adamW: {
    title: "AdamW",
    summary: "Adam with weight decay beside the gradient (Loshchilov and Hutter 2019).",
    options: {
      ...adamOptions,
      ...common,
      weightDecay: { ...common.weightDecay, default: 0.004 },
    },
  },
  sgd: {
    title: "SGD",
    summary: "Steps against the gradient of each batch, with momentum where it is set.",
    options: {
      learningRate: { ...learningRate, default: 0.01 },
      momentum,
      nesterov: {
        kind: "boolean",
        default: false,
        description: "Looks at the gradient where momentum alone would lead (Nesterov).",
      },
      ...common,
    },
  },
  rmsprop: {
    title: "RMSprop",
    summary: "Divides the gradient by a running mean of its size (Tieleman and Hinton 2012).",
    options: {
      learningRate: { ...learningRate, default: 0.001 },
      rho: {
        ...decay,
        isAdvanced: true,
        default: 0.9,
        description: "Decay of the running mean of the squares.",
      },
      momentum,
      centered: {
        isAdvanced: true,
        kind: "boolean",
        default: false,
        description: "Divides by the deviation from the mean of the gradient instead.",
      },
      epsilon,
      ...common,
    },
  },
  adagrad: {
    title: "Adagrad",
    summary: "Steps get smaller where gradients have been large (Duchi et al. 2011).",
    options: {
      learningRate: { ...learningRate, default: 0.001 },
      initialAccumulatorValue: {
        isAdvanced: true,
        kind: "number",
        minimum: 0,
        maximum: 1000,
        default: 0.1,
        description: "What the sum of the squares starts with.",
      },
      epsilon,
      ...common,
    },
  },
} as const satisfies Readonly<Record<string, TypedDefinition>>;

export type OptimizerType = keyof typeof optimizers;

/** The optimiser of a recipe that names none. */
export const defaultOptimizer: OptimizerType = "adam";

const factor = <const D extends number>(value: D) =>
  ({
    kind: "number",
    exclusiveMinimum: 0,
    maximum: 1,
    default: value,
    description: "What the rate is multiplied by.",
  }) as const;

const warmupEpochs = {
  kind: "number",
  minimum: 0,
  maximum: 100_000,
  default: 0,
  description: "Epochs in which the rate climbs from 0 in a line; the schedule begins after them.",
} as const;

/** Every schedule of the learning rate by its type. */
export const schedules = {
  constant: {
    title: "Constant",
    summary: "The learning rate stays as the optimizer has it.",
    options: { warmupEpochs },
  },
  step: {
    title: "Step",
    summary: "The rate is multiplied by a factor every few epochs.",
    options: {
      factor: factor(0.1),
      every: {
        kind: "integer",
        minimum: 1,
        maximum: 100_000,
        default: 10,
        description: "Epochs between two changes.",
      },
      warmupEpochs,
    },
  },
  piecewise: {
    title: "Piecewise",
    summary: "The rate is multiplied by a factor after each of the named epochs.",
    options: {
      factor: factor(0.1),
      epochs: {
        kind: "rising",
        minimum: 1,
        maximum: 100_000,
        default: [80, 120],
        description: "Epochs after which the rate changes, in rising order.",
      },
      warmupEpochs,
    },
  },
  exponential: {
    title: "Exponential",
    summary: "The rate falls by a factor in every epoch, a little at every step.",
    options: { factor: factor(0.96), warmupEpochs },
  },
  cosine: {
    title: "Cosine",
    summary:
      "The rate falls along half a cosine (Loshchilov and Hutter 2017), again where it restarts.",
    options: {
      finalFactor: {
        isAdvanced: true,
        kind: "number",
        minimum: 0,
        maximum: 1,
        default: 0,
        description: "Where the rate ends, as a share of what it was.",
      },
      cycleEpochs: {
        kind: "integer",
        minimum: 0,
        maximum: 100_000,
        default: 0,
        description:
          "Epochs of the first cycle, after which the rate restarts; 0: one cycle for all.",
      },
      cycleGrowth: {
        isAdvanced: true,
        kind: "number",
        minimum: 1,
        maximum: 100,
        default: 2,
        description: "How much longer each cycle is than the one before.",
      },
      cycleFactor: {
        isAdvanced: true,
        kind: "number",
        exclusiveMinimum: 0,
        maximum: 1,
        default: 1,
        description: "Where each cycle starts, as a share of where the one before did.",
      },
      warmupEpochs,
    },
  },
  oneCycle: {
    title: "One cycle",
    summary:
      "The rate climbs from a small one, and falls to almost nothing (Smith and Topin 2018).",
    options: {
      rise: {
        kind: "number",
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        default: 0.3,
        description: "Share of the steps in which the rate climbs.",
      },
      startDivisor: {
        isAdvanced: true,
        kind: "number",
        minimum: 1,
        default: 25,
        description: "The rate starts at learningRate divided by this.",
      },
      endDivisor: {
        isAdvanced: true,
        kind: "number",
        minimum: 1,
        maximum: 1e9,
        default: 10_000,
        description: "The rate ends at its start divided by this.",
      },
      warmupEpochs,
    },
  },
  reduceOnPlateau: {
    title: "Reduce on plateau",
    summary: "The rate is multiplied by a factor when the loss has stopped to fall.",
    options: {
      factor: factor(0.1),
      patience: {
        kind: "integer",
        minimum: 0,
        maximum: 100_000,
        default: 10,
        description: "Epochs without a better loss before the rate changes.",
      },
      minDelta: {
        isAdvanced: true,
        kind: "number",
        minimum: 0,
        default: 0.0001,
        description: "How much lower a loss must be to count as better.",
      },
      cooldown: {
        isAdvanced: true,
        kind: "integer",
        minimum: 0,
        maximum: 100_000,
        default: 0,
        description: "Epochs after a change that are not counted.",
      },
      minimumRate: {
        isAdvanced: true,
        kind: "number",
        minimum: 0,
        maximum: 1000,
        default: 0,
        description: "The rate does not fall below this.",
      },
      warmupEpochs,
    },
  },
} as const satisfies Readonly<Record<string, TypedDefinition>>;

export type ScheduleType = keyof typeof schedules;

/** The schedule of a recipe that names none. */
export const defaultSchedule: ScheduleType = "constant";

/** When training ends before its last epoch; without the object in the file it does not. */
export const earlyStoppingOptions = {
  monitor: {
    isAdvanced: true,
    kind: "choice",
    values: ["loss", "accuracy"],
    default: "loss",
    description: "What has to get better: on the validation images, where there are some.",
  },
  patience: {
    kind: "integer",
    minimum: 0,
    maximum: 100_000,
    default: 5,
    description: "Epochs in a row without getting better before training ends.",
  },
  minDelta: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    default: 0,
    description: "How much better counts as better.",
  },
  restoreBest: {
    kind: "boolean",
    default: true,
    description: "Goes back to the weights of the best epoch at the end.",
  },
} as const satisfies OptionTable;

/** Everything in a recipe that is one value, with its default. */
export const trainingOptions = {
  loss: {
    kind: "choice",
    values: [
      "categoricalCrossentropy",
      "sparseCategoricalCrossentropy",
      "binaryCrossentropy",
      "meanSquaredError",
    ],
    default: "categoricalCrossentropy",
    description: "What training makes smaller.",
  },
  labelSmoothing: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    description: "Share of the right class that is spread over all classes, in a cross-entropy.",
  },
  auxiliaryWeight: {
    isAdvanced: true,
    kind: "number",
    minimum: 0,
    maximum: 1000,
    default: 0.3,
    description: "What the loss of an auxiliary output counts beside that of the main output.",
  },
  batchSize: {
    kind: "integer",
    minimum: 1,
    maximum: 65_536,
    word: "full",
    default: 32,
    description: 'Images in one step; "full" takes all of them.',
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
  normalization: {
    kind: "choice",
    values: ["scale", "standardize", "none"],
    default: "scale",
    description:
      "What images are made of: pixels from 0 to 1, pixels with mean 0 and deviation 1 in every channel, measured on the training images, or pixels from 0 to 255.",
  },
  classWeights: {
    kind: "weights",
    default: "none",
    description:
      "How much an image counts in the loss, by its class: all alike, as much more as its class is rarer (balanced), or one number a class.",
  },
  initialWeights: {
    isAdvanced: true,
    kind: "text",
    default: "",
    description:
      "A .safetensors file or the folder of a run, from where the design file lies: weights of the same name and shape start from there, the others anew. Empty: all start anew.",
  },
  precision: {
    isAdvanced: true,
    kind: "choice",
    values: ["float32", "mixedBfloat16"],
    default: "float32",
    description:
      "What convolutions and dense layers multiply: float32, or bfloat16 with 8 bits instead of 24, added up in float32 (Keras's mixed_bfloat16; native engine only). Faster on processors with instructions for it. Gradients are off by about 1 %, which can cost accuracy.",
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

/** Farthest place on the canvas from its origin, in pixels. */
export const LARGEST_POSITION = 1_000_000;
