import type { TrainingRecipe } from "../../core/design/training.ts";
import { type PlateauState, afterLoss, freshPlateau } from "./plateau.ts";
import { type ScheduleSpan, scheduledFactor } from "./scheduledRate.ts";

/** The learning rate of every step of a training; what it remembers can be saved as JSON. */
export class LearningRate {
  readonly #recipe: TrainingRecipe;
  readonly #span: ScheduleSpan;
  #plateau: PlateauState;

  /** Goes on from a saved state where there is one. */
  constructor(recipe: TrainingRecipe, stepsPerEpoch: number, state: PlateauState = freshPlateau) {
    this.#recipe = recipe;
    this.#span = { epochs: recipe.epochs, stepsPerEpoch };
    this.#plateau = state;
  }

  /** The rate of a step, counted from 1 over the whole training. */
  at(step: number): number {
    const { optimizer, schedule } = this.#recipe;
    return (
      optimizer.learningRate * scheduledFactor(schedule, this.#span, step) * this.#plateau.factor
    );
  }

  /** Hears the loss at the end of an epoch. */
  endEpoch(loss: number): void {
    const { optimizer, schedule } = this.#recipe;
    if (schedule.type === "reduceOnPlateau") {
      this.#plateau = afterLoss(schedule, this.#plateau, loss, optimizer.learningRate);
    }
  }

  toJSON(): PlateauState {
    return this.#plateau;
  }
}
