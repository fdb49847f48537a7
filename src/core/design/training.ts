import type { OptionValues } from "../layers/option.ts";
import type { AugmentationRecipe } from "./augmentationOptions.ts";
import type { datasets } from "./datasetOptions.ts";
import type {
  earlyStoppingOptions,
  optimizers,
  schedules,
  trainingOptions,
  TypedDefinition,
} from "./recipeOptions.ts";

/** One of a table of types, with its options read and defaulted. */
export type TypedRecipe<T extends Readonly<Record<string, TypedDefinition>>> = {
  readonly [K in keyof T]: { readonly type: K } & OptionValues<T[K]["options"]>;
}[keyof T];

/** A data set with its options. */
export type DatasetRecipe = TypedRecipe<typeof datasets>;

/** Optimisers as Keras names and defines them. */
export type OptimizerRecipe = TypedRecipe<typeof optimizers>;

/** How the learning rate changes. */
export type ScheduleRecipe = TypedRecipe<typeof schedules>;

export type EarlyStoppingRecipe = OptionValues<typeof earlyStoppingOptions>;

export type Loss = OptionValues<typeof trainingOptions>["loss"];

/** How a design is trained; every field has a default but the data set. */
export interface TrainingRecipe extends OptionValues<typeof trainingOptions> {
  /** Absent where the file names none that is known. */
  readonly dataset?: DatasetRecipe;
  /** Absent where training images are shown as they are. */
  readonly augmentation?: AugmentationRecipe;
  readonly optimizer: OptimizerRecipe;
  readonly schedule: ScheduleRecipe;
  /** Absent: every epoch is trained. */
  readonly earlyStopping?: EarlyStoppingRecipe;
}
