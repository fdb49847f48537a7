import type { MetricsLine } from "../../protocol/run.ts";
import type { TrainerEvent } from "../../protocol/trainer.ts";

/** The events by which a view draws a run from its metrics. */
export function pastEvents(lines: readonly MetricsLine[]): readonly TrainerEvent[] {
  let seconds = 0;
  const events = lines.map((line): TrainerEvent => {
    if (line.type === "epoch") {
      seconds += line.seconds;
    }
    if (line.type !== "point") {
      return line;
    }
    const { epoch, type: _type, ...point } = line;
    return {
      type: "progress",
      points: [point],
      epoch,
      step: point.step,
      imagesPerSecond: 0,
      secondsElapsed: seconds,
      secondsLeft: 0,
    };
  });
  return [{ type: "phase", phase: "training" }, ...events];
}
