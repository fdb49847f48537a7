import path from "node:path";
import type { ExportAnswer } from "../protocol/trainer.ts";
import type { ExportRequest } from "../trainer/clientExport.ts";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.ts";

/** Exports a run in a process of its own. */
export type ExportRun = (request: ExportRequest) => Promise<ExportAnswer>;

/** `cnn-architect export RUN --output DIR`: writes the best weights of a run and their graph as a SavedModel. */
export async function exportCommand(
  run: string,
  output: string,
  terminal: Terminal,
  exportRun: ExportRun,
): Promise<ExitCode> {
  const target = path.resolve(output);
  const answer = await exportRun({ runDirectory: path.resolve(run), target });
  if (answer.type === "failed") {
    terminal.complain(`${answer.message}\n`);
    if (answer.hint !== undefined) terminal.complain(`${answer.hint}\n`);
    return exitCodes.failed;
  }
  terminal.write(`${target}\n`);
  return exitCodes.ok;
}
