import type {
  RatePoint,
  TrainerEvent,
  TrainingPhase,
  TrainingPoint,
} from "../../src/protocol/trainer.ts";
import type { TrainingState } from "../../src/protocol/webview.ts";

type EventOf<T extends TrainerEvent["type"]> = Extract<TrainerEvent, { readonly type: T }>;

/** Most points that are kept of a curve; a longer run is thinned to half of them. */
export const MOST_POINTS = 2000;

/** Notices kept; older ones are in the log. */
const MOST_NOTICES = 20;

/** One training as the strip shows it: what it is doing, its figures now, and its curves so far. */
export interface TrainingRun {
  readonly status: TrainingState["status"];
  readonly phase?: TrainingPhase;
  /** How far the phase has come, where that is known. */
  readonly phaseProgress?: EventOf<"phase">["progress"];
  readonly started?: EventOf<"started">;
  readonly progress?: Omit<EventOf<"progress">, "points">;
  /** In the order of their steps; neighbours are merged where there are too many. */
  readonly points: readonly TrainingPoint[];
  readonly epochs: readonly EventOf<"epoch">[];
  /** The latest look into the layers. */
  readonly layers?: EventOf<"layers">;
  /** What the layers take of a step, as far as it is known. */
  readonly times?: EventOf<"times">;
  /** Losses of a search for a learning rate. */
  readonly rates?: readonly RatePoint[];
  /** What a person should know of it, the latest last. */
  readonly notices: readonly EventOf<"notice">[];
  readonly ending?: EventOf<"finished"> | EventOf<"failed">;
}

/** No training yet. */
export const noRun: TrainingRun = { status: "idle", points: [], epochs: [], notices: [] };

function thin(points: readonly TrainingPoint[]): readonly TrainingPoint[] {
  const thinned: TrainingPoint[] = [];
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [first, second] = [points[index], points[index + 1]];
    if (first !== undefined && second !== undefined) {
      thinned.push({
        ...second,
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
      return { ...run, phase: event.phase, phaseProgress: event.progress };
    case "started":
      return event.resumedAt === undefined
        ? { ...run, started: event }
        : goBackTo(event.resumedAt, { ...run, started: event });
    case "progress": {
      const { points, ...progress } = event;
      return { ...run, progress, points: addPoints(run.points, points) };
    }
    case "epoch":
      return { ...run, epochs: [...run.epochs, event] };
    case "layers":
      return { ...run, layers: event };
    case "times":
      return { ...run, times: event };
    case "rates":
      return { ...run, rates: [...(run.rates ?? []), ...event.points] };
    case "notice":
      return { ...run, notices: [...run.notices, event].slice(-MOST_NOTICES) };
    case "finished":
    case "failed":
      return { ...run, ending: event };
  }
}

/** What was said of later steps is void: they are trained again. */
function goBackTo(
  { epoch, step }: { readonly epoch: number; readonly step: number },
  { ending: _, ...run }: TrainingRun,
): TrainingRun {
  return {
    ...run,
    points: run.points.filter((point) => point.step <= step),
    epochs: run.epochs.filter((one) => one.epoch <= epoch),
    ...(run.progress && { progress: { ...run.progress, epoch: epoch + 1, step } }),
  };
}

/** True while a process trains. */
export const isUnderWay = ({ status }: Pick<TrainingRun, "status">): boolean =>
  status !== "idle" && status !== "ended";

/** The run after further events; the status is the host's word. */
export function continueRun(
  run: TrainingRun,
  events: readonly TrainerEvent[],
  status: TrainingState["status"],
): TrainingRun {
  return { ...events.reduce(addEvent, run), status };
}

/** True where the last word is that a training waits to go on, and nobody has decided against it. */
export function isLeft(events: readonly (TrainerEvent | undefined)[]): boolean {
  const ending = events.at(-1);
  return (
    ending?.type === "finished" && (ending.reason === "paused" || ending.reason === "interrupted")
  );
}

/** True where a run that ended before it was done can go on from its last checkpoint. */
export function canResume({ status, started, ending }: TrainingRun): boolean {
  if (status !== "ended" || started?.isKept !== true) {
    return false;
  }
  return ending?.type === "finished"
    ? ending.reason !== "completed"
    : ending?.type === "failed" && ending.code !== "notFinite";
}
