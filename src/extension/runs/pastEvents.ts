import type { MetricsLine } from "../../protocol/run.ts";
import type { TrainerEvent } from "../../protocol/trainer.ts";
import type { Run } from "./run.ts";

/** The same with an ending also where the trainer could not write one any more. */
export function runEvents(run: Run, lines: readonly MetricsLine[]): readonly TrainerEvent[] {
  const events = pastEvents(lines);
  const hasEnding = events.some(({ type }) => type === "finished" || type === "failed");
  if (run.state !== "interrupted" || hasEnding) {
    return events;
  }
  const seconds = lines.reduce((sum, line) => sum + (line.type === "epoch" ? line.seconds : 0), 0);
  const epochs = run.record?.last?.epoch ?? 0;
  return [
    ...events,
    { type: "finished", reason: "interrupted", epochs, seconds, imagesPerSecond: 0 },
  ];
}

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
