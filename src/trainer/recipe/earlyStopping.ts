import type { EarlyStoppingRecipe } from "../../core/design/training.ts";
import type { EpochResult } from "../../protocol/run.ts";
import { isBetterBy, monitored } from "./isBetter.ts";

/** What early stopping remembers between epochs, besides the best weights. */
export interface EarlyStoppingState {
  readonly best: number | null;
  readonly bestEpoch: number;
  /** Epochs since the best. */
  readonly wait: number;
}

const fresh: EarlyStoppingState = { best: null, bestEpoch: 0, wait: 0 };

/** Keras's EarlyStopping: says when a training no longer gets better, and keeps the weights of its best epoch. */
export class EarlyStopping {
  readonly #recipe: EarlyStoppingRecipe;
  #state: EarlyStoppingState;
  #bestWeights: readonly Float32Array[] | undefined;

  /** Goes on from a saved state where there is one, with the weights of its best epoch. */
  constructor(
    recipe: EarlyStoppingRecipe,
    state: EarlyStoppingState = fresh,
    bestWeights?: readonly Float32Array[],
  ) {
    this.#recipe = recipe;
    this.#state = state;
    this.#bestWeights = bestWeights;
  }

  /** Hears an epoch; true where training should end. */
  endEpoch(result: EpochResult, weights: readonly Float32Array[]): boolean {
    const { patience, restoreBest } = this.#recipe;
    const value = monitored(result, this.#recipe);
    const { best, wait } = this.#state;
    if (best === null || isBetterBy(this.#recipe, value, best)) {
      this.#state = { best: value, bestEpoch: result.epoch, wait: 0 };
      if (restoreBest) {
        this.#bestWeights = weights;
      }
      return false;
    }
    this.#state = { ...this.#state, wait: wait + 1 };
    return wait + 1 >= patience;
  }

  get bestEpoch(): number {
    return this.#state.bestEpoch;
  }

  /** The weights to go back to at the end; absent where the recipe does not want that. */
  get bestWeights(): readonly Float32Array[] | undefined {
    return this.#bestWeights;
  }

  toJSON(): EarlyStoppingState {
    return this.#state;
  }
}
