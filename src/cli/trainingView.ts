import { type Options, Presets, SingleBar } from "cli-progress";
import { formatNumber } from "../core/design/words.ts";
import type { TrainerEvent, TrainingPhase } from "../protocol/trainer.ts";
import { paint, printable, type Terminal } from "./terminal.ts";

/** Shows a training to a person or to a program. */
export interface TrainingView {
  show(event: TrainerEvent): void;
  /** Puts the terminal back in order before other words are written. */
  rest(): void;
}

/** One event a line, as JSON. */
export function jsonView(terminal: Terminal): TrainingView {
  return {
    show: (event) => terminal.write(`${JSON.stringify(event)}\n`),
    rest: () => undefined,
  };
}

const phaseWords: Readonly<Record<TrainingPhase, string>> = {
  loadingEngine: "Loading the engine ...",
  loadingData: "Loading the data ...",
  compiling: "Compiling the network ...",
  training: "Training ...",
  evaluating: "Evaluating on the test images ...",
  saving: "Writing the checkpoint ...",
};

type Started = Extract<TrainerEvent, { readonly type: "started" }>;
type Progress = Extract<TrainerEvent, { readonly type: "progress" }>;
type Layers = Extract<TrainerEvent, { readonly type: "layers" }>;
type Epoch = Extract<TrainerEvent, { readonly type: "epoch" }>;
type Finished = Extract<TrainerEvent, { readonly type: "finished" }>;

/** Where the progress bar is drawn: a terminal, as cli-progress wants it. */
export type BarStream = NonNullable<Options["stream"]>;

/** Lines for epochs, with a progress bar below them where there is a terminal to draw it on. */
export class TerminalView implements TrainingView {
  readonly #terminal: Terminal;
  readonly #stream: BarStream | undefined;
  readonly #warned = new Set<string>();
  #started: Started | undefined;
  #bar: SingleBar | undefined;

  constructor(terminal: Terminal, stream: BarStream | undefined) {
    this.#terminal = terminal;
    this.#stream = stream;
  }

  show(event: TrainerEvent): void {
    switch (event.type) {
      case "phase":
        this.#say(paint(this.#terminal, "dim", phaseWords[event.phase]));
        break;
      case "started":
        this.#started = event;
        this.#say(startedWords(event));
        break;
      case "progress":
        this.#showProgress(event);
        break;
      case "epoch":
        this.#say(epochWords(event, this.#started));
        break;
      case "layers":
        this.#warn(event);
        break;
      case "times":
        break;
      case "rates":
        for (const { rate, loss } of event.points.slice(-1)) {
          this.#say(`rate ${rate.toExponential(1)}  loss ${loss.toFixed(4)}`);
        }
        break;
      case "notice":
        this.rest();
        this.#terminal.complain(
          `${event.severity === "warning" ? "Warning: " : ""}${printable(event.message)}\n`,
        );
        break;
      case "finished":
        for (const line of finishedLines(event, this.#started)) this.#say(line);
        break;
      case "failed":
        this.rest();
        this.#terminal.complain(`${printable(event.message)}\n`);
        if (event.hint !== undefined) this.#terminal.complain(`${printable(event.hint)}\n`);
        break;
    }
  }

  rest(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  /** Once for each layer and way. */
  #warn({ warning, step }: Layers): void {
    if (warning === undefined) return;
    const words =
      warning.kind === "vanishing"
        ? `The gradient of ${printable(warning.layer)} has all but vanished (step ${step}).`
        : `The gradient of ${printable(warning.layer)} explodes (step ${step}).`;
    const key = `${warning.kind} ${warning.layer}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.rest();
    this.#terminal.complain(`Warning: ${words}\n`);
  }

  #say(line: string): void {
    this.rest();
    this.#terminal.write(`${line}\n`);
  }

  #showProgress(event: Progress): void {
    const { stepsPerEpoch = 1, epochs = 1 } = this.#started ?? {};
    const step = event.step - (event.epoch - 1) * stepsPerEpoch;
    const point = event.points.at(-1);
    const payload = {
      epoch: event.epoch,
      epochs,
      loss: point === undefined ? "" : `loss ${point.loss.toFixed(4)}`,
      accuracy: point === undefined ? "" : `accuracy ${percent(point.accuracy)}`,
      rate: `${formatNumber(Math.round(event.imagesPerSecond))} images/s`,
      left: `${duration(event.secondsLeft)} left`,
    };
    this.#bar ??= this.#startBar(stepsPerEpoch, payload);
    this.#bar?.update(step, payload);
  }

  #startBar(total: number, payload: object): SingleBar | undefined {
    if (this.#stream === undefined) return undefined;
    const bar = new SingleBar(
      {
        format: "epoch {epoch}/{epochs} {bar} {percentage} %  {loss}  {accuracy}  {rate}  {left}",
        stream: this.#stream,
        hideCursor: true,
        clearOnComplete: true,
        barsize: 24,
      },
      Presets.shades_classic,
    );
    bar.start(total, 0, payload);
    return bar;
  }
}

function startedWords(event: Started): string {
  const { engine, dataset, trainingImages, validationImages, testImages } = event;
  const validation =
    validationImages === 0 ? "" : `, ${formatNumber(validationImages)} to validate`;
  return [
    `Engine: ${engine.name} (${printable(engine.detail)})`,
    `Data: ${printable(dataset)}, ${formatNumber(trainingImages)} images to train${validation}, ${formatNumber(testImages)} to test`,
    `Recipe: ${printable(event.optimizer)}, batches of ${formatNumber(event.batchSize)}, ${epochsWords(event.epochs)}`,
  ].join("\n");
}

function epochsWords(epochs: number): string {
  return epochs === 1 ? "1 epoch" : `${formatNumber(epochs)} epochs`;
}

function epochWords(event: Epoch, started: Started | undefined): string {
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds } = event;
  const validation =
    validationLoss === undefined || validationAccuracy === undefined
      ? ""
      : `  validation loss ${validationLoss.toFixed(4)}  accuracy ${percent(validationAccuracy)}`;
  const of = started === undefined ? "" : `/${started.epochs}`;
  return `epoch ${epoch}${of}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)}${validation}  ${duration(seconds)}`;
}

const endingVerbs: Readonly<Record<Finished["reason"], string>> = {
  completed: "Trained",
  stopped: "Stopped after",
  paused: "Paused after",
  interrupted: "Interrupted after",
};

function earlyLines(
  { reason, epochs, bestEpoch }: Finished,
  started: Started | undefined,
): readonly string[] {
  const best = bestEpoch === undefined ? [] : [`Weights of epoch ${bestEpoch}, the best`];
  return reason === "completed" && started !== undefined && epochs < started.epochs
    ? [`Early stopping ended it after ${epochs} of ${epochsWords(started.epochs)}`, ...best]
    : best;
}

function finishedLines(event: Finished, started: Started | undefined): readonly string[] {
  const { reason, epochs, testLoss, testAccuracy, seconds, imagesPerSecond } = event;
  const rate = `${formatNumber(Math.round(imagesPerSecond))} images/s`;
  if (event.suggestedRate !== undefined) {
    return [`Suggested learning rate: ${event.suggestedRate}`];
  }
  return [
    `${endingVerbs[reason]} ${epochsWords(epochs)} in ${duration(seconds)}, ${rate}`,
    ...earlyLines(event, started),
    ...(testLoss === undefined ? [] : [`test loss ${testLoss.toFixed(4)}`]),
    ...(testAccuracy === undefined ? [] : [`test accuracy ${percent(testAccuracy)}`]),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** `0.8 s`, `42 s`, `3 min 5 s`, `1 h 12 min`. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
