import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { currentStrings } from "../core/text/t.ts";
import { nativeEnvironment } from "../native/load.ts";
import { nodeProgram } from "../native/nodeProgram.ts";
import type { StringsMessage } from "../protocol/strings.ts";
import type { EngineChoice } from "../protocol/trainer.ts";

/** Starts the trainer's process, which speaks the language of this one and waits for a request. */
export function forkTrainer(file: string, engine?: EngineChoice): ChildProcess {
  const child = fork(file, [], {
    // Dawn hands out memory of its own, which Electron does not allow.
    ...(engine === "webgpu" && { execPath: nodeProgram() }),
    // Inside VS Code this is Electron, which is Node with this variable.
    env: { ...process.env, ...nativeEnvironment(), ELECTRON_RUN_AS_NODE: "1" },
    // What the host was started with, a debugger's port for example, is not for the child.
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const message: StringsMessage = { type: "strings", strings: currentStrings() };
  // A process that does not start says so by an event of its own.
  if (Object.keys(message.strings).length > 0) child.send(message, () => undefined);
  return child;
}

/** `trainer.js` beside the bundle, or in `dist` where this runs from source. */
export function trainerFileOf(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const beside = path.join(here, "trainer.js");
  return fs.existsSync(beside) ? beside : path.join(here, "..", "..", "dist", "trainer.js");
}
