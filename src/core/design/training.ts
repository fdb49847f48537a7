import type { OptionValues } from "../layers/option.ts";
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

/** Optimisers as Keras names and defines them. */
export type OptimizerRecipe = TypedRecipe<typeof optimizers>;

/** How the learning rate changes. */
export type ScheduleRecipe = TypedRecipe<typeof schedules>;

export type EarlyStoppingRecipe = OptionValues<typeof earlyStoppingOptions>;

export type Loss = OptionValues<typeof trainingOptions>["loss"];

/** How a design is trained; every field has a default but the data set. */
export interface TrainingRecipe extends OptionValues<typeof trainingOptions> {
  /** Name of a built-in data set; absent where the file names none. */
  readonly dataset?: string;
  readonly optimizer: OptimizerRecipe;
  readonly schedule: ScheduleRecipe;
  /** Absent: every epoch is trained. */
  readonly earlyStopping?: EarlyStoppingRecipe;
}
