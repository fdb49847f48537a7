import type { TrainerEvent, TrainingFailureCode } from "../protocol/trainer.ts";

/** A reason why a training cannot start or go on, with words for a person. */
export class TrainingFailure extends Error {
  readonly code: TrainingFailureCode;
  /** What to do next. */
  readonly hint: string | undefined;

  constructor(code: TrainingFailureCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }

  toEvent(): TrainerEvent {
    const { code, message, hint } = this;
    return { type: "failed", code, message, ...(hint === undefined ? {} : { hint }) };
  }
}
