import { setTimeout } from "node:timers/promises";
import type { RunFolder } from "./runFolder.ts";

/** Milliseconds between two tries. */
const pause = 1_000;
/** Milliseconds for which one waits who was asked to end. */
const patience = 20_000;

/** Stays with what a full disk did not take until there is room, or a person gives it up. */
export async function waitForRoom(folder: RunFolder, stop: AbortSignal): Promise<void> {
  const start = performance.now();
  while (folder.writeWaiting() === "full") {
    if (stop.aborted && performance.now() - start > patience) {
      return;
    }
    await setTimeout(pause);
  }
}
