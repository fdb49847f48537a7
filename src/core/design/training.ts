/** Optimisers as Keras names and defines them. */
export type OptimizerRecipe =
  | {
      readonly type: "sgd";
      readonly learningRate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
    }
  | {
      readonly type: "adam";
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

export type Loss = "categoricalCrossentropy" | "meanSquaredError";

/** How a design is trained; every field has a default but the data set. */
export interface TrainingRecipe {
  /** Name of a built-in data set; absent where the file names none. */
  readonly dataset?: string;
  readonly optimizer: OptimizerRecipe;
  readonly loss: Loss;
  readonly batchSize: number;
  readonly epochs: number;
  /** Share of the training images kept for validation, 0 up to but not 1. */
  readonly validationSplit: number;
  readonly seed: number;
}
