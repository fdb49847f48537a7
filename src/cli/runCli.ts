import { parseArgs, type ParseArgsConfig } from "node:util";
import { designSchema } from "../core/schema/designSchema.ts";
import { type EngineChoice, engineChoices } from "../protocol/trainer.ts";
import { type AnalysisForm, analysisForms, analyzeCommand } from "./analyzeCommand.ts";
import { exportCommand, type ExportRun } from "./exportCommand.ts";
import { FileError } from "./readDesignFile.ts";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.ts";
import {
  findLearningRateCommand,
  resumeCommand,
  trainCommand,
  type TrainingWorld,
} from "./trainCommand.ts";
import { usage } from "./usage.ts";

/** What the command line is started in. */
export interface CliWorld {
  readonly terminal: Terminal;
  readonly version: string;
  readonly training: TrainingWorld;
  readonly exportRun: ExportRun;
}

/** A command that cannot be understood, in words. */
class UsageError extends Error {}

const options = {
  json: { type: "boolean" },
  csv: { type: "boolean" },
  markdown: { type: "boolean" },
  epochs: { type: "string" },
  engine: { type: "string" },
  run: { type: "string" },
  resume: { type: "string" },
  output: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const satisfies ParseArgsConfig["options"];

type Values = ReturnType<typeof readArguments>["values"];

function readArguments(parameters: readonly string[]) {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Runs one command and returns its exit code; never throws for what a person can do wrong. */
export async function runCli(parameters: readonly string[], world: CliWorld): Promise<ExitCode> {
  const { terminal } = world;
  try {
    return await dispatch(parameters, world);
  } catch (error) {
    if (error instanceof FileError) {
      terminal.complain(`${error.message}\n`);
    } else if (error instanceof UsageError) {
      terminal.complain(`${error.message}\n\n${usage}`);
    } else {
      throw error;
    }
    return exitCodes.usage;
  }
}

async function dispatch(parameters: readonly string[], world: CliWorld): Promise<ExitCode> {
  const { terminal } = world;
  const { values, positionals } = readArguments(parameters);
  const [command, ...files] = positionals;
  if (values.help === true) {
    terminal.write(usage);
    return exitCodes.ok;
  }
  if (values.version === true) {
    terminal.write(`${world.version}\n`);
    return exitCodes.ok;
  }
  switch (command) {
    case "analyze":
      refuse(values, "epochs", command);
      refuse(values, "engine", command);
      refuse(values, "run", command);
      refuse(values, "resume", command);
      refuse(values, "output", command);
      return analyzeCommand(onlyFile(files, command), readForm(values), terminal);
    case "export":
      for (const option of [
        "json",
        "csv",
        "markdown",
        "epochs",
        "engine",
        "run",
        "resume",
      ] as const) {
        refuse(values, option, command);
      }
      return exportCommand(
        onlyFile(files, command, "the folder of a run"),
        readRun("--output", values.output ?? ""),
        terminal,
        world.exportRun,
      );
    case "train": {
      refuse(values, "output", command);
      refuse(values, "csv", command);
      refuse(values, "markdown", command);
      const epochs = readEpochs(values.epochs);
      const engine = readEngine(values.engine);
      const chosen = {
        json: values.json === true,
        ...(epochs === undefined ? {} : { epochs }),
        ...(engine === undefined ? {} : { engine }),
      };
      if (values.resume !== undefined) {
        if (files.length > 0 || values.run !== undefined) {
          throw new UsageError(
            "--resume needs neither a file nor --run: the run holds its design.",
          );
        }
        return resumeCommand(readRun("--resume", values.resume), chosen, terminal, world.training);
      }
      const kept = values.run === undefined ? {} : { run: readRun("--run", values.run) };
      return trainCommand(
        onlyFile(files, command),
        { ...chosen, ...kept },
        terminal,
        world.training,
      );
    }
    case "find-learning-rate":
      return findLearningRate(values, files, world);
    case "schema":
      if (files.length > 0) throw new UsageError("schema takes no file.");
      terminal.write(`${JSON.stringify(designSchema(), null, 2)}\n`);
      return exitCodes.ok;
    case undefined:
      throw new UsageError("Name a command.");
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

function findLearningRate(
  values: Values,
  files: readonly string[],
  { terminal, training }: CliWorld,
): Promise<ExitCode> {
  const command = "find-learning-rate";
  for (const option of ["csv", "markdown", "epochs", "run", "resume", "output"] as const) {
    refuse(values, option, command);
  }
  const engine = readEngine(values.engine);
  const chosen = { json: values.json === true, ...(engine === undefined ? {} : { engine }) };
  return findLearningRateCommand(onlyFile(files, command), chosen, terminal, training);
}

function onlyFile(
  files: readonly string[],
  command: string,
  what = "the name of a *.cnn.json file",
): string {
  const [file, ...more] = files;
  if (file === undefined) throw new UsageError(`${command} needs ${what}.`);
  if (more.length > 0) throw new UsageError(`${command} takes one file, not ${files.length}.`);
  return file;
}

function refuse(values: Values, option: keyof Values, command: string): void {
  if (values[option] !== undefined) throw new UsageError(`${command} has no option --${option}.`);
}

/** The one form that is asked for; a table for people where none is. */
function readForm(values: Values): AnalysisForm {
  const asked = analysisForms.filter((form) => form !== "report" && values[form] === true);
  if (asked.length > 1) {
    throw new UsageError(`Choose one of ${asked.map((form) => `--${form}`).join(" and ")}.`);
  }
  return asked[0] ?? "report";
}

function readRun(option: "--run" | "--resume" | "--output", text: string): string {
  if (text === "") throw new UsageError(`${option} needs the name of a folder.`);
  return text;
}

function readEngine(text: string | undefined): EngineChoice | undefined {
  if (text === undefined) return undefined;
  const choice = engineChoices.find((engine) => engine === text);
  if (choice === undefined) {
    throw new UsageError(`--engine must be ${engineChoices.join(", ")}, not ${text}.`);
  }
  return choice;
}

function readEpochs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const epochs = Number(text);
  if (!/^\d+$/.test(text) || epochs < 1 || epochs > 100_000) {
    throw new UsageError(`--epochs must be a whole number from 1 to 100,000, not ${text}.`);
  }
  return epochs;
}
