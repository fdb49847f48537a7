import type { DataNeeds, TrainerEvent, TrainingFailureCode } from "../protocol/trainer.ts";

/** A reason why a training cannot start or go on, with words for a person. */
export class TrainingFailure extends Error {
  readonly code: TrainingFailureCode;
  /** What to do next. */
  readonly hint: string | undefined;
  /** What a design must take and give to fit the data. */
  readonly needs: DataNeeds | undefined;

  constructor(code: TrainingFailureCode, message: string, hint?: string, needs?: DataNeeds) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.needs = needs;
  }

  toEvent(): TrainerEvent {
    const { code, message, hint, needs } = this;
    return {
      type: "failed",
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(needs === undefined ? {} : { needs }),
    };
  }
}
