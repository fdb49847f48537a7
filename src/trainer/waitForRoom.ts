import { setTimeout } from "node:timers/promises";
import { t } from "../core/text/t.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import type { RunFolder } from "./runFolder.ts";

/** Milliseconds between two tries. */
const pause = 1_000;
/** Milliseconds for which one waits who was asked to end. */
const patience = 20_000;

/** Stays with what a full disk did not take until there is room, or a person gives it up; says that it does. */
export async function waitForRoom(
  folder: RunFolder,
  stop: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  const start = performance.now();
  for (let tries = 0; folder.writeWaiting() === "full"; tries++) {
    if (tries === 0) {
      emit({ type: "phase", phase: "saving" });
      emit({
        type: "notice",
        severity: "warning",
        message: t(
          "The training has ended, and waits for room on the disk to write what it has learnt. Free some space, or stop it to give up what is not written.",
        ),
      });
    }
    if (stop.aborted && performance.now() - start > patience) {
      return;
    }
    await setTimeout(pause);
  }
}
