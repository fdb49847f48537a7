import {
  type MeasureAnswer,
  type MeasurePhase,
  parseMeasureRequest,
} from "../protocol/measurement.ts";
import {
  type InspectAnswer,
  type InspectProgress,
  parseInspectRequest,
} from "../protocol/datasetReport.ts";
import { setStrings } from "../core/text/t.ts";
import { parseStrings } from "../protocol/strings.ts";
import { parseSampleRequest } from "../protocol/sampleImages.ts";
import { parseTrainerRequest } from "../protocol/parseTrainerMessage.ts";
import type { ExportAnswer, StopReason, TrainerEvent } from "../protocol/trainer.ts";
import { asFailure } from "./asFailure.ts";
import { exportSavedModel } from "./exportSavedModel.ts";
import { inspectDataset } from "./inspectDataset.ts";
import { measureEngine } from "./measureEngine.ts";
import { readSamples } from "./readSamples.ts";
import { runTraining } from "./runTraining.ts";

/** Milliseconds after which a process that nobody listens to any more ends, whatever it does. */
const longestFarewell = 300_000;

/** The trainer process: hears one `start` or `resume` and perhaps a `stop`, says what happens, and ends. */
function serve(): void {
  const stop = new AbortController();
  const end = (reason: StopReason): void => stop.abort(reason);
  let started = false;
  process.on("message", (message) => {
    const strings = parseStrings(message);
    if (strings !== undefined) {
      setStrings(strings);
      return;
    }
    const samples = parseSampleRequest(message);
    if (samples !== undefined && !started) {
      started = true;
      void readSamples(samples).then((images) => process.send?.(images, () => process.exit(0)));
      return;
    }
    const measuring = parseMeasureRequest(message);
    if (measuring !== undefined && !started) {
      started = true;
      void measureEngine(measuring, stop.signal, say).then(say).then(leave);
      return;
    }
    const inspecting = parseInspectRequest(message);
    if (inspecting !== undefined && !started) {
      started = true;
      void inspectDataset(inspecting, stop.signal, say).then(say).then(leave);
      return;
    }
    const request = parseTrainerRequest(message);
    switch (request?.type) {
      case "stop":
        end("stopped");
        break;
      case "pause":
        end("paused");
        break;
      case "start":
      case "resume":
        if (!started) {
          started = true;
          void runTraining(request, stop.signal, (event) => say(event)).then(leave);
        }
        break;
      case "export":
        void exportModel(request.runDirectory, request.target).then(leave);
        break;
      case undefined:
        break;
    }
  });
  // Nobody listens any more: the editor is gone, or the machine shuts down. What was learnt is kept.
  const leaveSoon = (): void => {
    if (started) {
      end("interrupted");
      setTimeout(() => process.exit(0), longestFarewell).unref();
    } else {
      process.exit(0);
    }
  };
  process.on("disconnect", leaveSoon);
  process.on("SIGTERM", leaveSoon);
  process.on("SIGHUP", leaveSoon);
  // Ctrl+C in a terminal reaches this process too; the command line asks it to stop in its own way.
  process.on("SIGINT", () => undefined);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
}

/** Settles when the last event has left this process. */
let said: Promise<void> = Promise.resolve();

async function exportModel(runDirectory: string, target: string): Promise<void> {
  try {
    exportSavedModel(runDirectory, target);
    say({ type: "exported" });
  } catch (error) {
    say(asFailure(error).toEvent());
  }
}

function say(
  event:
    | TrainerEvent
    | ExportAnswer
    | MeasurePhase
    | MeasureAnswer
    | InspectProgress
    | InspectAnswer,
): void {
  if (!process.connected) {
    return;
  }
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
