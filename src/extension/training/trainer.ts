import type { TrainerEvent, TrainerRequest } from "../../protocol/trainer.ts";

/** What a training is started with. */
export type StartRequest = Omit<TrainerRequest & { readonly type: "start" }, "type">;

/** A trainer process at work. */
export interface Trainer {
  /** Asks it to end after the current batch. */
  stop(): void;
  /** Ends the process at once. */
  kill(): void;
}

/**
 * Starts a trainer in a process of its own.
 * `listen` hears every event and exactly one ending, `finished` or `failed`, however the process ends.
 */
export type StartTrainer = (
  request: StartRequest,
  listen: (event: TrainerEvent) => void,
) => Trainer;
