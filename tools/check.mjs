import { inspect } from "node:util";
import { build } from "./build.mjs";
import { checkBundleBudget } from "./checks/bundleBudget.mjs";
import { checkLockFile } from "./checks/lockFile.mjs";
import { checkManifest } from "./checks/manifest.mjs";
import { isMain } from "./lib/isMain.mjs";
import { inRoot } from "./lib/paths.mjs";
import { runNode } from "./lib/process.mjs";
import { ToolError, runTool, say, seconds } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** @typedef {{ name: string, run: () => Promise<string | undefined> }} Step resolves to what is wrong, or to nothing */

/**
 * A step that runs a program out of node_modules and fails with its output.
 * @param {string} name
 * @param {string} file
 * @param {...string} parameters
 * @returns {Step}
 */
const program = (name, file, ...parameters) => ({
  name,
  run: async () => {
    const { code, output } = await runNode(inRoot("node_modules", file), parameters);
    return code === 0 ? undefined : output;
  },
});

/**
 * A step that is a function of ours.
 * @param {string} name
 * @param {() => readonly string[] | Promise<readonly string[]>} find
 * @returns {Step}
 */
const own = (name, find) => ({
  name,
  run: async () => (await find()).join("\n") || undefined,
});

const tsc = "typescript/bin/tsc";

/** @type {readonly Step[]} */
const steps = [
  program("types", tsc, "-p", "tsconfig.json"),
  program("types of the core, without Node and VS Code", tsc, "-p", "src/core/tsconfig.json"),
  program("types of the webview", tsc, "-p", "webview/tsconfig.json"),
  program("types of the tools", tsc, "-p", "tools/tsconfig.json"),
  program("types of the benchmarks", tsc, "-p", "bench/tsconfig.json"),
  program("lint and import borders", "oxlint/bin/oxlint", "--type-aware", "--deny-warnings"),
  program("format", "oxfmt/bin/oxfmt", "--check", "."),
  program("dead code and dependencies", "knip/bin/knip.js", "--no-progress"),
  own("lock file against the manifest", checkLockFile),
  own("manifest against the code", checkManifest),
  own("webview bundle within its budget", checkBundleBudget),
];

/** Runs every static check, prints one line each and the whole output of those that fail. */
export async function check() {
  /** @type {{ name: string, problem: string | undefined }[]} */
  const results = [];
  for (const step of steps) {
    const start = performance.now();
    const problem = await problemOf(step);
    say(`${problem === undefined ? "ok    " : "FAILED"} ${step.name} (${seconds(start)})`);
    if (problem !== undefined) {
      say(shortened(problem));
    }
    results.push({ name: step.name, problem });
  }
  const failed = results.filter(({ problem }) => problem !== undefined);
  return { passed: results.length - failed.length, failed: failed.length };
}

const shownLines = 200;

/** What a person can read of an output: no endless lines, and not thousands of them. @param {string} output */
function shortened(output) {
  const lines = output.trimEnd().split("\n");
  const shown = lines.slice(0, shownLines).map((line) => line.replace(/^(.{500}).+$/, "$1 ..."));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`... and ${more} more lines.`] : [])].join("\n");
}

/** @param {Step} step */
async function problemOf(step) {
  try {
    return await step.run();
  } catch (error) {
    return error instanceof ToolError ? error.message : inspect(error);
  }
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    await build();
    const { failed } = await check();
    say(failed === 0 ? "Every check passed." : `${failed} of ${steps.length} checks failed.`);
    return failed === 0 ? 0 : 1;
  });
}
