import { parseArgs, type ParseArgsConfig } from "node:util";
import { designSchema } from "../core/schema/designSchema.ts";
import type { TerminalPicture } from "../protocol/picture.ts";
import { type EngineChoice, engineChoices } from "../protocol/trainer.ts";
import { type AnalysisForm, analysisForms, analyzeCommand } from "./analyzeCommand.ts";
import { datasetCommand, type InspectDataset } from "./datasetCommand.ts";
import { type CompareEngines, enginesCommand } from "./enginesCommand.ts";
import { exportCommand, type ExportRun } from "./exportCommand.ts";
import { compareCommand } from "./compareCommand.ts";
import { type PictureChoice, pictureCommand, pictureMeasures } from "./pictureCommand.ts";
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
  readonly compareEngines: CompareEngines;
  readonly inspectDataset: InspectDataset;
  readonly drawPicture: TerminalPicture;
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
  output: { type: "string", short: "o" },
  dark: { type: "boolean" },
  down: { type: "boolean" },
  open: { type: "string" },
  measure: { type: "string" },
  resume: { type: "string" },
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
  refuseOthers(values, command);
  switch (command) {
    case "analyze":
      return analyzeCommand(onlyFile(files, command), readForm(values), terminal);
    case "export":
      return exportCommand(
        onlyFile(files, command, "the folder of a run"),
        readRun("--output", values.output ?? ""),
        terminal,
        world.exportRun,
      );
    case "compare":
      return compareCommand(twoFiles(files, command), { json: values.json === true }, terminal);
    case "picture":
      return pictureCommand(
        onlyFile(files, command),
        readPicture(values),
        terminal,
        world.drawPicture,
      );
    case "train":
      return train(files, values, world);
    case "find-learning-rate":
      return findLearningRate(values, files, world);
    case "dataset":
      return datasetCommand(onlyFile(files, command), { json: values.json === true }, terminal, {
        ...world.training,
        inspect: world.inspectDataset,
      });
    case "engines":
      return enginesCommand(onlyFile(files, command), { json: values.json === true }, terminal, {
        ...world.training,
        compare: world.compareEngines,
      });
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
  const engine = readEngine(values.engine);
  const chosen = { json: values.json === true, ...(engine === undefined ? {} : { engine }) };
  return findLearningRateCommand(onlyFile(files, command), chosen, terminal, training);
}

async function train(
  files: readonly string[],
  values: Values,
  { terminal, training }: CliWorld,
): Promise<ExitCode> {
  const epochs = readEpochs(values.epochs);
  const engine = readEngine(values.engine);
  const chosen = {
    json: values.json === true,
    ...(epochs === undefined ? {} : { epochs }),
    ...(engine === undefined ? {} : { engine }),
  };
  if (values.resume !== undefined) {
    if (files.length > 0 || values.run !== undefined) {
      throw new UsageError("--resume needs neither a file nor --run: the run holds its design.");
    }
    return resumeCommand(readRun("--resume", values.resume), chosen, terminal, training);
  }
  const kept = values.run === undefined ? {} : { run: readRun("--run", values.run) };
  return trainCommand(onlyFile(files, "train"), { ...chosen, ...kept }, terminal, training);
}

/** The options of each command. */
const taken: Readonly<Record<string, readonly (keyof Values)[]>> = {
  analyze: ["json", "csv", "markdown"],
  compare: ["json"],
  export: ["output"],
  picture: ["output", "dark", "down", "open", "measure"],
  train: ["json", "epochs", "engine", "run", "resume"],
  "find-learning-rate": ["json", "engine"],
  engines: ["json"],
  dataset: ["json"],
  schema: [],
};

function refuseOthers(values: Values, command: string | undefined): void {
  const own = command === undefined ? undefined : taken[command];
  const names = Object.keys(values) as (keyof Values)[];
  const wrong = own && names.find((option) => !own.includes(option));
  if (wrong !== undefined) throw new UsageError(`${command} has no option --${wrong}.`);
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

function twoFiles(files: readonly string[], command: string): readonly [string, string] {
  const [before, after, ...more] = files;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError(`${command} takes two files, not ${files.length}.`);
  }
  return [before, after];
}

function readPicture({ output, dark, down, open, measure = "parameters" }: Values): PictureChoice {
  const chosen = pictureMeasures.find((each) => each === measure);
  if (chosen === undefined) {
    throw new UsageError(`--measure must be ${pictureMeasures.join(", ")}, not ${measure}.`);
  }
  return {
    isDark: dark === true,
    isDown: down === true,
    measure: chosen,
    ...(output === undefined ? {} : { output }),
    ...(open === undefined ? {} : { open }),
  };
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
