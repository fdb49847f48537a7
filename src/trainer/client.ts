import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseTrainerEvent } from "../protocol/parseTrainerMessage.ts";
import { runFiles } from "../protocol/run.ts";
import type { StopReason, TrainerEvent, TrainerRequest } from "../protocol/trainer.ts";
import { forkTrainer, trainerFileOf } from "./clientProcess.ts";
import { t } from "../core/text/t.ts";

/** What a training is started with, or gone on with. */
export type TrainingStart = TrainerRequest & { readonly type: "start" | "resume" };

/** A trainer process at work. */
export interface TrainerClient {
  /** Process id, absent where the process could not be started. */
  readonly pid: number | undefined;
  /** Asks it to end after the current batch; a process that does not within five seconds is ended. */
  stop(): void;
  /** The same for a run that is to go on later, with more patience. */
  pause(): void;
  /** Turns away: the process keeps what it has learnt and ends by itself. Nothing is heard of it any more. */
  leave(): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Where the trainer comes from, and who hears what it writes to its standard streams. */
export interface ClientOptions {
  /** The bundled process entry; `trainer.js` beside the bundle that this code is in by default. */
  readonly trainerFile?: string;
  readonly log?: (text: string) => void;
  /** Milliseconds between asking it to stop, or its last word after that, and ending it. */
  readonly patience?: number;
}

/**
 * Starts a trainer in a process of its own.
 * `listen` hears every event and exactly one ending, `finished` or `failed`, however the process ends.
 */
export function startTrainer(
  request: TrainingStart,
  listen: (event: TrainerEvent) => void,
  options: ClientOptions = {},
): TrainerClient {
  const trainerFile = options.trainerFile ?? trainerFileOf();
  return fs.existsSync(trainerFile)
    ? new Client(request, listen, { ...options, trainerFile })
    : notBuilt(trainerFile, listen);
}

function notBuilt(file: string, listen: (event: TrainerEvent) => void): TrainerClient {
  queueMicrotask(() =>
    listen({
      type: "failed",
      code: "internal",
      message: t("The training process cannot be started: {0} is missing.", file),
      hint: t("Run npm run build, or install CNN Architect again."),
    }),
  );
  const nothing = (): void => undefined;
  return { pid: undefined, stop: nothing, pause: nothing, leave: nothing, kill: nothing };
}

/** Milliseconds for which a process may write its last checkpoint. */
const savingPatience = 60_000;

class Client implements TrainerClient {
  readonly #request: TrainingStart;
  readonly #options: ClientOptions & { readonly trainerFile: string };
  readonly #listen: (event: TrainerEvent) => void;
  readonly #startTime = performance.now();
  readonly #patience: number;
  #child: ChildProcess;
  #isFirstTry = true;
  #ended = false;
  #stopping: NodeJS.Timeout | undefined;
  #stopReason: StopReason | undefined;
  #place = { epoch: 0, step: 0, completed: 0, imagesPerSecond: 0 };

  constructor(
    request: TrainingStart,
    listen: (event: TrainerEvent) => void,
    options: ClientOptions & { readonly trainerFile: string },
  ) {
    this.#request = request;
    this.#options = options;
    this.#listen = listen;
    this.#patience = options.patience ?? 5_000;
    this.#child = this.#start(request);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  stop(): void {
    this.#askToEnd("stop", "stopped");
  }

  pause(): void {
    this.#askToEnd("pause", "paused");
  }

  leave(): void {
    clearTimeout(this.#stopping);
    this.#ended = true;
    if (this.#child.connected) {
      this.#child.disconnect();
    }
    this.#child.unref();
  }

  kill(): void {
    this.#stopReason ??= "stopped";
    this.#child.kill("SIGKILL");
  }

  #start(request: TrainingStart): ChildProcess {
    const child = forkTrainer(this.#options.trainerFile, request.engine);
    const log = this.#options.log ?? ((): void => undefined);
    child.stdout?.setEncoding("utf8").on("data", log);
    child.stderr?.setEncoding("utf8").on("data", log);
    child.on("message", (message) => this.#hear(message));
    child.on("error", (error) => this.#notStarted(error));
    // "close" comes after the last message, "exit" may come before it.
    child.on("close", (code, signal) => this.#closed(code, signal));
    send(child, request);
    return child;
  }

  #askToEnd(type: "stop" | "pause", reason: StopReason): void {
    if (!this.#ended && this.#stopReason === undefined) {
      this.#stopReason = reason;
      send(this.#child, { type });
      this.#killAfter(this.#patience);
    }
  }

  #killAfter(milliseconds: number): void {
    clearTimeout(this.#stopping);
    this.#stopping = setTimeout(() => this.kill(), milliseconds);
  }

  #hear(message: unknown): void {
    const event = parseTrainerEvent(message);
    if (event === undefined) {
      this.#end({
        type: "failed",
        code: "internal",
        message: t("The training process sent a message that is not understood."),
        hint: t("Install CNN Architect again: its parts may be of different versions."),
      });
      this.kill();
      return;
    }
    switch (event.type) {
      case "progress":
        this.#place = {
          ...this.#place,
          epoch: event.epoch,
          step: event.step,
          imagesPerSecond: event.imagesPerSecond,
        };
        break;
      case "epoch":
        this.#place = { ...this.#place, completed: event.epoch, step: event.step };
        break;
      case "finished":
      case "failed":
        this.#end(event);
        return;
      case "phase":
        if (event.phase === "saving" && this.#stopReason !== undefined) {
          this.#killAfter(savingPatience);
        }
        break;
      case "started":
      case "notice":
      case "layers":
      case "times":
      case "rates":
        break;
    }
    if (!this.#ended) {
      this.#listen(event);
    }
  }

  #end(event: TrainerEvent): void {
    clearTimeout(this.#stopping);
    if (!this.#ended) {
      this.#ended = true;
      this.#listen(event);
    }
  }

  #notStarted(error: Error): void {
    this.#end({
      type: "failed",
      code: "crashed",
      message: t("The training process could not be started: {0}.", error.message),
      hint: t("Build or install CNN Architect again."),
    });
  }

  #closed(code: number | null, signal: NodeJS.Signals | null): void {
    const { completed, imagesPerSecond } = this.#place;
    if (this.#ended) {
      return;
    }
    if (this.#stopReason !== undefined) {
      this.#end({
        type: "finished",
        reason: this.#stopReason === "paused" ? "interrupted" : this.#stopReason,
        epochs: completed,
        seconds: (performance.now() - this.#startTime) / 1000,
        imagesPerSecond,
      });
      return;
    }
    const how =
      signal === null
        ? t("ended unexpectedly (exit code {0})", code ?? t("unknown"))
        : t("was killed ({0})", signal);
    if (this.#isFirstTry && this.#place.step === 0 && isCrash(code, signal)) {
      this.#tryAgain(how);
      return;
    }
    this.#end({
      type: "failed",
      code: "crashed",
      message: `${this.#ending(how)} ${whatNext(this.#request)}`,
      ...(signal === "SIGKILL" && {
        hint: t("If the machine had run out of memory, a smaller batch size helps."),
      }),
    });
  }

  /** A native library that crashes while it starts does so rarely, and then not again. */
  #tryAgain(how: string): void {
    this.#isFirstTry = false;
    this.#listen({
      type: "notice",
      severity: "warning",
      message: t("The training process {0} before the first step, and was started once more.", how),
    });
    this.#child = this.#start(this.#requestAgain());
  }

  /** The first try may have made the folder of the run already. */
  #requestAgain(): TrainingStart {
    const request = this.#request;
    if (request.type === "resume") {
      return request;
    }
    const { type: _type, text: _text, designFile: _file, runDirectory, ...rest } = request;
    return runDirectory !== undefined && fs.existsSync(path.join(runDirectory, runFiles.record))
      ? { ...rest, type: "resume", runDirectory }
      : request;
  }

  #ending(how: string): string {
    const { epoch, step } = this.#place;
    return epoch === 0
      ? t("The training process {0} before the first step.", how)
      : t("The training process {0} at epoch {1}, step {2}.", how, epoch, step);
  }
}

const whatNext = ({ runDirectory }: TrainingStart): string =>
  runDirectory === undefined
    ? t("The design is unharmed; start the training again.")
    : t("The run is kept; resume it from its last checkpoint.");

/** Whether a process broke down by itself: `SIGKILL` and the like come from outside. */
const isCrash = (code: number | null, signal: NodeJS.Signals | null): boolean =>
  signal === null
    ? code !== 0
    : ["SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"].includes(signal);

function send(child: ChildProcess, request: TrainerRequest): void {
  if (child.connected) {
    // A process that is gone is heard of by its exit.
    child.send(request, () => undefined);
  }
}
