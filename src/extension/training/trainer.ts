import type { TrainerEvent, TrainerRequest } from "../../protocol/trainer.ts";

/** What a training is started with, or gone on with. */
export type StartRequest = TrainerRequest & { readonly type: "start" | "resume" };

/** A trainer process at work. */
export interface Trainer {
  /** Asks it to end after the current batch. */
  stop(): void;
  /** The same for a run that is to go on later. */
  pause(): void;
  /** Turns away: the process keeps what it has learnt and ends by itself. */
  leave(): void;
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
