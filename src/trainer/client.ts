import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nativeEnvironment } from "../native/load.ts";
import { parseTrainerEvent } from "../protocol/parseTrainerMessage.ts";
import type { TrainerEvent, TrainerRequest } from "../protocol/trainer.ts";

/** What a training is started with. */
export type TrainingStart = Omit<TrainerRequest & { readonly type: "start" }, "type">;

/** A trainer process at work. */
export interface TrainerClient {
  /** Process id, absent where the process could not be started. */
  readonly pid: number | undefined;
  /** Asks it to end after the current batch; a process that does not within five seconds is ended. */
  stop(): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Where the trainer comes from, and who hears what it writes to its standard streams. */
export interface ClientOptions {
  /** The bundled process entry; `trainer.js` beside the bundle that this code is in by default. */
  readonly trainerFile?: string;
  readonly log?: (text: string) => void;
  /** Milliseconds between asking it to stop and ending it. */
  readonly patience?: number;
}

/**
 * Starts a trainer in a process of its own.
 * `listen` hears every event and exactly one ending, `finished` or `failed`, however the process ends.
 */
export function startTrainer(
  start: TrainingStart,
  listen: (event: TrainerEvent) => void,
  options: ClientOptions = {},
): TrainerClient {
  const trainerFile = options.trainerFile ?? defaultTrainerFile();
  return fs.existsSync(trainerFile)
    ? new Client(start, listen, { ...options, trainerFile })
    : notBuilt(trainerFile, listen);
}

function notBuilt(file: string, listen: (event: TrainerEvent) => void): TrainerClient {
  queueMicrotask(() =>
    listen({
      type: "failed",
      code: "internal",
      message: `The training process cannot be started: ${file} is missing.`,
      hint: "Run npm run build, or install CNN Architect again.",
    }),
  );
  return { pid: undefined, stop: () => undefined, kill: () => undefined };
}

class Client implements TrainerClient {
  readonly #child: ChildProcess;
  readonly #listen: (event: TrainerEvent) => void;
  readonly #startTime = performance.now();
  readonly #patience: number;
  #ended = false;
  #stopping: NodeJS.Timeout | undefined;
  #isStopping = false;
  #place = { epoch: 0, step: 0, completed: 0, imagesPerSecond: 0 };

  constructor(
    start: TrainingStart,
    listen: (event: TrainerEvent) => void,
    options: ClientOptions & { readonly trainerFile: string },
  ) {
    this.#listen = listen;
    this.#patience = options.patience ?? 5_000;
    this.#child = forkTrainer(options.trainerFile);
    const log = options.log ?? ((): void => undefined);
    this.#child.stdout?.setEncoding("utf8").on("data", log);
    this.#child.stderr?.setEncoding("utf8").on("data", log);
    this.#child.on("message", (message) => this.#hear(message));
    this.#child.on("error", (error) => this.#notStarted(error));
    // "close" comes after the last message, "exit" may come before it.
    this.#child.on("close", (code, signal) => this.#closed(code, signal));
    this.#send({ type: "start", ...start });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  stop(): void {
    if (!this.#ended && !this.#isStopping) {
      this.#isStopping = true;
      this.#send({ type: "stop" });
      this.#stopping = setTimeout(() => this.kill(), this.#patience);
    }
  }

  kill(): void {
    this.#isStopping = true;
    this.#child.kill("SIGKILL");
  }

  #send(request: TrainerRequest): void {
    if (this.#child.connected) {
      // A process that is gone is heard of by its exit.
      this.#child.send(request, () => undefined);
    }
  }

  #hear(message: unknown): void {
    const event = parseTrainerEvent(message);
    if (event === undefined) {
      this.#end({
        type: "failed",
        code: "internal",
        message: "The training process sent a message that is not understood.",
        hint: "Install CNN Architect again: its parts may be of different versions.",
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
      case "started":
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
      message: `The training process could not be started: ${error.message}.`,
      hint: "Build or install CNN Architect again.",
    });
  }

  #closed(code: number | null, signal: NodeJS.Signals | null): void {
    const { completed, imagesPerSecond } = this.#place;
    if (this.#isStopping) {
      this.#end({
        type: "finished",
        reason: "stopped",
        epochs: completed,
        seconds: (performance.now() - this.#startTime) / 1000,
        imagesPerSecond,
      });
      return;
    }
    const how =
      signal === null
        ? `ended unexpectedly (exit code ${code ?? "unknown"})`
        : `was killed (${signal})`;
    this.#end({
      type: "failed",
      code: "crashed",
      message: `The training process ${how}${this.#where()}. The design is unharmed; start the training again.`,
      ...(signal === "SIGKILL" && {
        hint: "If the machine had run out of memory, a smaller batch size helps.",
      }),
    });
  }

  #where(): string {
    const { epoch, step } = this.#place;
    return epoch === 0 ? " before the first step" : ` at epoch ${epoch}, step ${step}`;
  }
}

function forkTrainer(file: string): ChildProcess {
  return fork(file, [], {
    // Inside VS Code this is Electron, which is Node with this variable.
    env: { ...process.env, ...nativeEnvironment(), ELECTRON_RUN_AS_NODE: "1" },
    // What the host was started with, a debugger's port for example, is not for the child.
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

/** `trainer.js` beside the bundle, or in `dist` where this runs from source. */
function defaultTrainerFile(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const beside = path.join(here, "trainer.js");
  return fs.existsSync(beside) ? beside : path.join(here, "..", "..", "dist", "trainer.js");
}
