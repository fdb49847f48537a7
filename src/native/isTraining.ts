import os from "node:os";
import { isProcessAlive } from "./isProcessAlive.ts";

/** Whether the process of a run is still there. */
export type IsTraining = (trainer: TrainerTrace) => boolean;

/** What a run says about the process that trains it. */
export interface TrainerTrace {
  readonly id: number;
  readonly host: string;
  readonly startedAt: Date;
  /** When it last wrote something. */
  readonly lastSign: Date;
}

/** A process elsewhere, for example in a container that shares the folder, is only known by what it writes. */
const patience = 10 * 60_000;

/** Asks the machine; a number that was given to another process since the machine started is not taken for it. */
export function isTraining({ id, host, startedAt, lastSign }: TrainerTrace): boolean {
  if (host !== os.hostname()) {
    return Date.now() - lastSign.getTime() < patience;
  }
  const machineStart = Date.now() - os.uptime() * 1000;
  return startedAt.getTime() > machineStart && isProcessAlive(id);
}
