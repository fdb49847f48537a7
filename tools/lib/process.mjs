import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/**
 * @typedef {object} Finished
 * @property {number} code exit status; 127 where the program could not be started
 * @property {string} output stdout and stderr as they came
 */

/**
 * Runs a program from the root of the clone to its end, with `input` or nothing as its standard input; what it prints is collected, and shown as it comes when `show` is set.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean, input?: string, milliseconds?: number }} [options] after `milliseconds` it is killed
 * @returns {Promise<Finished>}
 */
export function run(
  program,
  parameters,
  { cwd = root, env = {}, show = false, input, milliseconds } = {},
) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      shell: process.platform === "win32" && program === "npm",
      ...(milliseconds !== undefined && { timeout: milliseconds, killSignal: "SIGKILL" }),
    });
    // A program that ends early stops reading; what it said about that is in its output.
    child.stdin?.on("error", () => undefined).end(input);
    for (const [stream, shown] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      stream?.setEncoding("utf8");
      stream?.on("data", (/** @type {string} */ text) => {
        output += text;
        if (show) {
          shown.write(text);
        }
      });
    }
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a JavaScript program that an npm package of this clone brings.
 * @param {string} file path of the program under node_modules
 * @param {readonly string[]} parameters
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (file, parameters, options) =>
  run(process.execPath, [file, ...parameters], options);
