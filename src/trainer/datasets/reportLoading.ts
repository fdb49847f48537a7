import type { TrainerEvent } from "../../protocol/trainer.ts";
import type { LoadingProgress } from "./source.ts";

/** Milliseconds between two reports. */
const pause = 200;

/** Says how far the data has been read, a few times a second. */
export function reportLoading(
  emit: (event: TrainerEvent) => void,
): (progress: LoadingProgress) => void {
  // Data that is there at once needs no report.
  let last = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - last >= pause) {
      last = now;
      emit({ type: "phase", phase: "loadingData", progress });
    }
  };
}
