import { version } from "../../package.json";
import { nativeDirectories } from "../native/defaultDirectories.ts";
import type { TerminalPicture } from "../protocol/picture.ts";
import { startTrainer } from "../trainer/client.ts";
import { exportRun } from "../trainer/clientExport.ts";
import { inspectDataset } from "../trainer/clientInspect.ts";
import { compareEngines } from "../trainer/clientMeasure.ts";
import { runCli } from "./runCli.ts";
import { exitCodes, processTerminal } from "./terminal.ts";

/** Listens to Ctrl+C, which then no longer ends the process by itself. */
function onInterrupt(listener: () => void): () => void {
  process.on("SIGINT", listener);
  return () => void process.off("SIGINT", listener);
}

// A reader that has seen enough, such as `head`, closes the pipe; that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

/** The drawing of pictures is a bundle of its own, made of the code of the canvas. */
const drawPicture: TerminalPicture = async (text, options) => {
  const file = new URL("picture.js", import.meta.url);
  const drawing = (await import(file.href)) as { readonly terminalPicture: TerminalPicture };
  return drawing.terminalPicture(text, options);
};

void runCli(process.argv.slice(2), {
  terminal: processTerminal(),
  version,
  exportRun,
  compareEngines,
  inspectDataset,
  drawPicture,
  training: {
    start: startTrainer,
    engineDirectories: nativeDirectories(),
    onInterrupt,
    ...(process.stderr.isTTY ? { barStream: process.stderr } : {}),
  },
}).then(
  (code) => {
    // Not process.exit(): what is written to a pipe may still be on its way.
    process.exitCode = code;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Something went wrong inside CNN Architect: ${reason}\n`);
    process.exitCode = exitCodes.failed;
  },
);
