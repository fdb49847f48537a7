import type { RatePoint, TrainerEvent, TrainingPoint } from "../../protocol/trainer.ts";

type EventOf<K extends TrainerEvent["type"]> = TrainerEvent & { readonly type: K };

/** Points kept for a view that opens late; a chart is no wider than this. */
const mostPoints = 2_000;

/** Replaces each two neighbours by the mean over the steps of both. */
export function thinPoints(points: readonly TrainingPoint[]): readonly TrainingPoint[] {
  const thinned: TrainingPoint[] = [];
  let stepBefore = 0;
  for (let index = 0; index < points.length; index += 2) {
    const first = points[index];
    const second = points[index + 1];
    if (first !== undefined) {
      thinned.push(second === undefined ? first : meanOf(stepBefore, first, second));
    }
    stepBefore = second?.step ?? stepBefore;
  }
  return thinned;
}

function meanOf(stepBefore: number, first: TrainingPoint, second: TrainingPoint): TrainingPoint {
  const steps = second.step - stepBefore;
  const share = steps > 0 ? (first.step - stepBefore) / steps : 0.5;
  return {
    ...second,
    loss: share * first.loss + (1 - share) * second.loss,
    accuracy: share * first.accuracy + (1 - share) * second.accuracy,
  };
}

/** Notices kept for a view that opens late. */
const mostNotices = 20;

/** What one run has said so far, in bounded room however long it takes. */
export class TrainingHistory {
  #phase: EventOf<"phase"> | undefined;
  #started: EventOf<"started"> | undefined;
  #epochs: readonly EventOf<"epoch">[] = [];
  #notices: readonly EventOf<"notice">[] = [];
  #progress: EventOf<"progress"> | undefined;
  #layers: EventOf<"layers"> | undefined;
  #times: EventOf<"times"> | undefined;
  #rates: readonly RatePoint[] = [];
  #points: readonly TrainingPoint[] = [];
  #ending: EventOf<"finished"> | EventOf<"failed"> | undefined;

  /** What was said already. */
  static of(events: readonly TrainerEvent[]): TrainingHistory {
    const history = new TrainingHistory();
    for (const event of events) {
      history.add(event);
    }
    return history;
  }

  get phase(): EventOf<"phase"> | undefined {
    return this.#phase;
  }

  get started(): EventOf<"started"> | undefined {
    return this.#started;
  }

  get progress(): EventOf<"progress"> | undefined {
    return this.#progress;
  }

  get lastEpoch(): EventOf<"epoch"> | undefined {
    return this.#epochs.at(-1);
  }

  get ending(): EventOf<"finished"> | EventOf<"failed"> | undefined {
    return this.#ending;
  }

  add(event: TrainerEvent): void {
    switch (event.type) {
      case "phase":
        this.#phase = event;
        break;
      case "started":
        this.#started = event;
        if (event.resumedAt !== undefined) {
          this.#goBackTo(event.resumedAt);
        }
        break;
      case "progress":
        this.#progress = event;
        this.#addPoints(event.points);
        break;
      case "epoch":
        this.#epochs = [...this.#epochs, event];
        break;
      case "layers":
        this.#layers = event;
        break;
      case "times":
        this.#times = event;
        break;
      case "rates":
        this.#rates = [...this.#rates, ...event.points];
        break;
      case "notice":
        this.#notices = [...this.#notices, event].slice(-mostNotices);
        break;
      case "finished":
      case "failed":
        this.#ending = event;
        break;
    }
  }

  /** The events from which a view can draw all of the run: the latest phase, the start, every epoch, thinned points, the ending. */
  get events(): readonly TrainerEvent[] {
    const progress = this.#progress && { ...this.#progress, points: this.#points };
    return [
      this.#phase,
      this.#started,
      ...this.#epochs,
      progress,
      this.#layers,
      this.#times,
      this.#rates.length === 0 ? undefined : ({ type: "rates", points: this.#rates } as const),
      ...this.#notices,
      this.#ending,
    ].filter((event) => event !== undefined);
  }

  /** What was said of later steps is void: they are trained again. */
  #goBackTo({ epoch, step }: { readonly epoch: number; readonly step: number }): void {
    this.#points = this.#points.filter((point) => point.step <= step);
    this.#epochs = this.#epochs.filter((one) => one.epoch <= epoch);
    this.#progress = this.#progress && { ...this.#progress, epoch: epoch + 1, step };
    this.#ending = undefined;
  }

  #addPoints(points: readonly TrainingPoint[]): void {
    const all = [...this.#points, ...points];
    this.#points = all.length > mostPoints ? thinPoints(all) : all;
  }
}
