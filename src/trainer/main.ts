import { parseTrainerRequest } from "../protocol/parseTrainerMessage.ts";
import type { TrainerEvent } from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import { runTraining } from "./runTraining.ts";

/** The trainer process: hears one `start` and perhaps a `stop`, says what happens, and ends. */
function serve(): void {
  const stop = new AbortController();
  let started = false;
  process.on("message", (message) => {
    const request = parseTrainerRequest(message);
    if (request?.type === "stop") {
      stop.abort();
    } else if (request?.type === "start" && !started) {
      started = true;
      void runTraining(request, stop.signal, (event) => say(event)).then(leave);
    }
  });
  // Nobody listens any more: the editor is gone.
  process.on("disconnect", () => process.exit(0));
  // Ctrl+C in a terminal reaches this process too; the command line asks it to stop in its own way.
  process.on("SIGINT", () => undefined);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
}

/** Settles when the last event has left this process. */
let said: Promise<void> = Promise.resolve();

function say(event: TrainerEvent): void {
  said = new Promise((resolve) => {
    // Without a callback, a parent that has just died would be an uncaught error here.
    process.send?.(event, undefined, undefined, () => resolve());
  });
}

function fail(error: unknown): void {
  say(asFailure(error).toEvent());
  void leave();
}

async function leave(): Promise<void> {
  await said;
  process.exit(0);
}

if (process.send === undefined) {
  process.stderr.write(
    "This is the trainer process of CNN Architect; it is started by the editor or the CLI.\n",
  );
  process.exitCode = 2;
} else {
  serve();
}
