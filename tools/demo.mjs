import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { isMain } from "./lib/isMain.mjs";
import { inRoot, root } from "./lib/paths.mjs";
import { runTool, say } from "./lib/say.mjs";
import { native } from "./native.mjs";
import { setup } from "./setup.mjs";

const design = "examples/lenet5.cnn.json";

/** Analyses LeNet-5 and trains it on MNIST in the terminal. */
export async function demo() {
  await setup();
  await build();
  await native();
  for (const command of ["analyze", "train"]) {
    say(`\n$ cnn-architect ${command} ${design}`);
    const code = await runInTerminal(command);
    if (code !== 0) {
      return code;
    }
  }
  return 0;
}

/**
 * The terminal itself is handed on, so that a progress bar can draw in it.
 * @param {string} command
 * @returns {Promise<number>}
 */
const runInTerminal = (command) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [inRoot("dist", "cli.js"), command, design], {
      cwd: root,
      stdio: "inherit",
    });
    child.on("error", () => resolve(127)).on("close", (code) => resolve(code ?? 1));
  });

if (isMain(import.meta.url)) {
  await runTool(demo);
}
