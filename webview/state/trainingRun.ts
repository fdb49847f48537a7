import type { TrainerEvent, TrainingPhase, TrainingPoint } from "../../src/protocol/trainer.ts";
import type { TrainingState } from "../../src/protocol/webview.ts";

type EventOf<T extends TrainerEvent["type"]> = Extract<TrainerEvent, { readonly type: T }>;

/** Most points that are kept of a curve; a longer run is thinned to half of them. */
export const MOST_POINTS = 2000;

/** One training as the strip shows it: what it is doing, its figures now, and its curves so far. */
export interface TrainingRun {
  readonly status: TrainingState["status"];
  readonly phase?: TrainingPhase;
  readonly started?: EventOf<"started">;
  readonly progress?: Omit<EventOf<"progress">, "points">;
  /** In the order of their steps; neighbours are merged where there are too many. */
  readonly points: readonly TrainingPoint[];
  readonly epochs: readonly EventOf<"epoch">[];
  readonly ending?: EventOf<"finished"> | EventOf<"failed">;
}

/** No training yet. */
export const noRun: TrainingRun = { status: "idle", points: [], epochs: [] };

function thin(points: readonly TrainingPoint[]): readonly TrainingPoint[] {
  const thinned: TrainingPoint[] = [];
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [first, second] = [points[index], points[index + 1]];
    if (first !== undefined && second !== undefined) {
      thinned.push({
        step: second.step,
        loss: (first.loss + second.loss) / 2,
        accuracy: (first.accuracy + second.accuracy) / 2,
      });
    }
  }
  return thinned;
}

function addPoints(
  points: readonly TrainingPoint[],
  added: readonly TrainingPoint[],
): readonly TrainingPoint[] {
  if (added.length === 0) {
    return points;
  }
  const all = [...points, ...added];
  return all.length > MOST_POINTS ? thin(all) : all;
}

function addEvent(run: TrainingRun, event: TrainerEvent): TrainingRun {
  switch (event.type) {
    case "phase":
      return { ...run, phase: event.phase };
    case "started":
      return { ...run, started: event };
    case "progress": {
      const { points, ...progress } = event;
      return { ...run, progress, points: addPoints(run.points, points) };
    }
    case "epoch":
      return { ...run, epochs: [...run.epochs, event] };
    case "finished":
    case "failed":
      return { ...run, ending: event };
  }
}

/** The run after further events; the status is the host's word. */
export function continueRun(
  run: TrainingRun,
  events: readonly TrainerEvent[],
  status: TrainingState["status"],
): TrainingRun {
  return { ...events.reduce(addEvent, run), status };
}
