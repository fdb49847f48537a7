import type { ScheduleRecipe } from "../../core/design/training.ts";

/** What a plateau remembers between epochs. */
export interface PlateauState {
  /** What the rate is multiplied by now. */
  readonly factor: number;
  readonly best: number | null;
  /** Epochs since the best, and epochs that are not counted yet. */
  readonly wait: number;
  readonly cooldown: number;
}

type PlateauRecipe = Extract<ScheduleRecipe, { type: "reduceOnPlateau" }>;

export const freshPlateau: PlateauState = { factor: 1, best: null, wait: 0, cooldown: 0 };

/** The state after an epoch with this loss: Keras's ReduceLROnPlateau. */
export function afterLoss(
  recipe: PlateauRecipe,
  state: PlateauState,
  loss: number,
  learningRate: number,
): PlateauState {
  const cooldown = Math.max(0, state.cooldown - 1);
  const wait = state.cooldown > 0 ? 0 : state.wait;
  if (state.best === null || loss < state.best - recipe.minDelta) {
    return { ...state, best: loss, wait: 0, cooldown };
  }
  if (cooldown > 0) return { ...state, wait, cooldown };
  const lowest = recipe.minimumRate / learningRate;
  if (wait + 1 < recipe.patience || state.factor <= lowest) {
    return { ...state, wait: wait + 1, cooldown };
  }
  const factor = Math.max(state.factor * recipe.factor, lowest);
  return { ...state, factor, wait: 0, cooldown: recipe.cooldown };
}
