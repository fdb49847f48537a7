import type { StopReason } from "../protocol/trainer.ts";

/** Why a training was asked to end; what aborts without a reason stops it. */
export function stopReasonOf(stop: AbortSignal): StopReason {
  const reason: unknown = stop.reason;
  return reason === "paused" || reason === "interrupted" ? reason : "stopped";
}
