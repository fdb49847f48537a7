import path from "node:path";
import { analyzeText } from "../core/analysis/analyze.ts";
import type { EngineChoice, TrainerEvent } from "../protocol/trainer.ts";
import type { TrainerClient, TrainingStart } from "../trainer/client.ts";
import { problemLines } from "./analysisReport.ts";
import { readDesignFile } from "./readDesignFile.ts";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.ts";
import { type BarStream, jsonView, TerminalView, type TrainingView } from "./trainingView.ts";

/** Starts a trainer process; `listen` hears every event and exactly one ending. */
export type StartTrainer = (
  start: TrainingStart,
  listen: (event: TrainerEvent) => void,
) => Pick<TrainerClient, "stop" | "kill">;

/** What training needs of the world around it. */
export interface TrainingWorld {
  readonly start: StartTrainer;
  readonly engineDirectories: readonly string[];
  /** Calls back at every Ctrl+C; returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Where a progress bar can be drawn; absent without a terminal. */
  readonly barStream?: BarStream;
}

export interface TrainOptions {
  readonly json: boolean;
  readonly epochs?: number;
  readonly engine?: EngineChoice;
  /** Folder to keep the run in. */
  readonly run?: string;
}

/** `cnn-architect train FILE [--epochs N] [--engine NAME] [--run DIR] [--json]`: trains as the recipe in the file says. */
export async function trainCommand(
  file: string,
  options: TrainOptions,
  terminal: Terminal,
  world: TrainingWorld,
): Promise<ExitCode> {
  const text = readDesignFile(file);
  const errors = analyzeText(text).analysis.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    terminal.complain(`${problemLines(file, text, errors, { hasColors: false })}\n`);
    terminal.complain("The design cannot be trained before its errors are mended.\n");
    return exitCodes.failed;
  }
  const view = options.json ? jsonView(terminal) : new TerminalView(terminal, world.barStream);
  const ending = await train(text, options, view, terminal, world);
  return exitCodeOf(ending);
}

type Ending = Extract<TrainerEvent, { readonly type: "finished" | "failed" }>;

function train(
  text: string,
  { epochs, engine, run }: TrainOptions,
  view: TrainingView,
  terminal: Terminal,
  { start, engineDirectories, onInterrupt }: TrainingWorld,
): Promise<Ending | "killed"> {
  return new Promise((resolve) => {
    let interrupts = 0;
    const forget = onInterrupt(() => {
      interrupts++;
      view.rest();
      if (interrupts === 1) {
        terminal.complain("Stopping after this batch. Press Ctrl+C again to end at once.\n");
        trainer.stop();
      } else {
        trainer.kill();
        end("killed");
      }
    });
    function end(ending: Ending | "killed"): void {
      forget();
      view.rest();
      resolve(ending);
    }
    const request = {
      text,
      engineDirectories,
      ...(epochs === undefined ? {} : { epochs }),
      ...(engine === undefined ? {} : { engine }),
      ...(run === undefined ? {} : { runDirectory: path.resolve(run) }),
    };
    const trainer = start(request, (event) => {
      view.show(event);
      if (event.type === "finished" || event.type === "failed") end(event);
    });
  });
}

function exitCodeOf(ending: Ending | "killed"): ExitCode {
  if (ending === "killed") return exitCodes.interrupted;
  if (ending.type === "failed") return exitCodes.failed;
  return ending.reason === "completed" ? exitCodes.ok : exitCodes.interrupted;
}
