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
  request: TrainingStart,
  listen: (event: TrainerEvent) => void,
) => Pick<TrainerClient, "stop" | "pause" | "kill">;

/** What training needs of the world around it. */
export interface TrainingWorld {
  readonly start: StartTrainer;
  readonly engineDirectories: readonly string[];
  /** Calls back at every Ctrl+C; returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Where a progress bar can be drawn; absent without a terminal. */
  readonly barStream?: BarStream;
}

/** What may be said of a new training and of one that goes on. */
export interface ResumeOptions {
  readonly json: boolean;
  readonly epochs?: number;
  readonly engine?: EngineChoice;
}

export interface TrainOptions extends ResumeOptions {
  /** Folder to keep the run in. */
  readonly run?: string;
}

/** `cnn-architect train FILE [--epochs N] [--engine NAME] [--run DIR] [--json]`: trains as the recipe in the file says. */
export async function trainCommand(
  file: string,
  { run, ...options }: TrainOptions,
  terminal: Terminal,
  world: TrainingWorld,
): Promise<ExitCode> {
  const text = readTrainable(file, terminal);
  if (text === undefined) return exitCodes.failed;
  const kept = run === undefined ? {} : { runDirectory: path.resolve(run) };
  const request = { type: "start", text, designFile: path.resolve(file), ...kept } as const;
  return train(request, options, terminal, world);
}

/** `cnn-architect find-learning-rate FILE [--engine NAME] [--json]`: tries rising rates and suggests one. */
export async function findLearningRateCommand(
  file: string,
  options: ResumeOptions,
  terminal: Terminal,
  world: TrainingWorld,
): Promise<ExitCode> {
  const text = readTrainable(file, terminal);
  if (text === undefined) return exitCodes.failed;
  const request = { type: "start", text, purpose: "findLearningRate" } as const;
  return train(request, options, terminal, world);
}

/** The text of a design without errors; says what is wrong with another. */
export function readTrainable(file: string, terminal: Terminal): string | undefined {
  const text = readDesignFile(file);
  const errors = analyzeText(text).analysis.problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return text;
  terminal.complain(`${problemLines(file, text, errors, { hasColors: false })}\n`);
  terminal.complain("The design cannot be trained before its errors are mended.\n");
  return undefined;
}

/** `cnn-architect train --resume DIR [--epochs N] [--engine NAME] [--json]`: goes on with a run. */
export async function resumeCommand(
  run: string,
  options: ResumeOptions,
  terminal: Terminal,
  world: TrainingWorld,
): Promise<ExitCode> {
  const directory = path.resolve(run);
  let epochs = 0;
  let hasTrained = false;
  const start: StartTrainer = (request, listen) =>
    world.start(request, (event) => {
      if (event.type === "started") ({ epochs } = event);
      hasTrained ||= event.type === "epoch";
      listen(event);
    });
  const request = { type: "resume", runDirectory: directory } as const;
  const code = await train(request, options, terminal, { ...world, start });
  if (code === exitCodes.ok && !hasTrained) {
    terminal.complain(
      `Its ${epochs === 1 ? "epoch was" : `${epochs} epochs were`} trained already. Train longer with: cnn-architect train --resume ${quoted(directory)} --epochs ${2 * epochs}\n`,
    );
  }
  return code;
}

type Ending = Extract<TrainerEvent, { readonly type: "finished" | "failed" }>;
type WithoutEngines<T> = T extends unknown ? Omit<T, "engineDirectories"> : never;

async function train(
  request: WithoutEngines<TrainingStart>,
  { json, epochs, engine }: ResumeOptions,
  terminal: Terminal,
  world: TrainingWorld,
): Promise<ExitCode> {
  const view = json ? jsonView(terminal) : new TerminalView(terminal, world.barStream);
  const whole: TrainingStart = {
    ...request,
    engineDirectories: world.engineDirectories,
    ...(epochs === undefined ? {} : { epochs }),
    ...(engine === undefined ? {} : { engine }),
  };
  const ending = await follow(whole, view, terminal, world);
  const { runDirectory } = whole;
  if (runDirectory !== undefined && ending !== "killed" && isUnfinished(ending)) {
    terminal.complain(`Go on with: cnn-architect train --resume ${quoted(runDirectory)}\n`);
  }
  return exitCodeOf(ending);
}

function follow(
  request: TrainingStart,
  view: TrainingView,
  terminal: Terminal,
  { start, onInterrupt }: TrainingWorld,
): Promise<Ending | "killed"> {
  const isKept = request.runDirectory !== undefined;
  return new Promise((resolve) => {
    let interrupts = 0;
    const forget = onInterrupt(() => {
      interrupts++;
      view.rest();
      if (interrupts === 1) {
        const verb = isKept ? "Pausing" : "Stopping";
        terminal.complain(`${verb} after this batch. Press Ctrl+C again to end at once.\n`);
        if (isKept) trainer.pause();
        else trainer.stop();
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
    const trainer = start(request, (event) => {
      view.show(event);
      if (event.type === "finished" || event.type === "failed") end(event);
    });
  });
}

/** A run that can go on. */
const isUnfinished = (ending: Ending): boolean =>
  ending.type === "finished" ? ending.reason !== "completed" : ending.code === "crashed";

const quoted = (text: string): string => (/\s/u.test(text) ? JSON.stringify(text) : text);

function exitCodeOf(ending: Ending | "killed"): ExitCode {
  if (ending === "killed") return exitCodes.interrupted;
  if (ending.type === "failed") return exitCodes.failed;
  return ending.reason === "completed" ? exitCodes.ok : exitCodes.interrupted;
}
