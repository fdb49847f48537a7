import { inspect } from "node:util";
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { isMain } from "./lib/isMain.mjs";
import { ToolError, runTool, say, seconds } from "./lib/say.mjs";
import { runVitest, runVitestTwice } from "./lib/vitest.mjs";
import { chromium, vscodeHost } from "./lib/vscodeHost.mjs";
import { native } from "./native.mjs";
import { setup } from "./setup.mjs";
import { softwareAdapter } from "./softwareAdapter.mjs";
import { webgpu } from "./webgpu.mjs";

/** @typedef {import("./lib/vitest.mjs").Counts} Counts */

/**
 * One part of `npm test`; a stage that only prepares counts nothing unless it fails.
 * @typedef {object} Stage
 * @property {string} title
 * @property {readonly string[]} needs stages that run before it when it is asked for alone
 * @property {() => Promise<Partial<Counts> | void>} run
 */

/** @type {Readonly<Record<string, Stage>>} */
const stages = {
  setup: { title: "Setting up npm packages", needs: [], run: setup },
  build: { title: "Building", needs: ["setup"], run: build },
  check: { title: "Checking types, lint, format and manifest", needs: ["build"], run: check },
  native: {
    title: "Setting up the native engine",
    needs: ["setup"],
    run: async () => void (await native()),
  },
  webgpu: {
    title: "Setting up the WebGPU engine and a graphics adapter in software",
    needs: ["setup"],
    run: async () => {
      await webgpu();
      await softwareAdapter();
    },
  },
  unit: {
    title: "Unit tests",
    needs: ["build", "native", "webgpu"],
    run: () => runVitest("--project", "unit"),
  },
  interop: {
    title: "Tests against Keras and torchvision",
    needs: ["setup"],
    run: () => runVitest("--project", "interop"),
  },
  vscode: {
    title: "Setting up VS Code and a browser for the tests",
    needs: ["setup"],
    run: async () => {
      await vscodeHost();
      await chromium();
    },
  },
  host: {
    title: "Tests inside the extension host",
    needs: ["build", "vscode"],
    run: async () => {
      // Imported here, because the launcher is there only after the setup.
      const { runHostTests } = await import("./lib/hostTests.mjs");
      return runHostTests();
    },
  },
  e2e: {
    title: "End-to-end tests in a real VS Code",
    needs: ["build", "native", "vscode"],
    run: () => runVitestTwice("--project", "e2e"),
  },
};

/**
 * The stages to run, in their order: all, or those asked for with what they need.
 * @param {readonly string[]} wanted
 */
function plan(wanted) {
  const unknown = wanted.find((name) => !(name in stages));
  if (unknown !== undefined) {
    throw new ToolError(
      `There is no stage ${unknown}. There are: ${Object.keys(stages).join(", ")}.`,
    );
  }
  const needed = new Set(wanted.length === 0 ? Object.keys(stages) : wanted);
  for (const name of needed) {
    for (const need of stages[name]?.needs ?? []) {
      needed.add(need);
    }
  }
  return Object.keys(stages).filter((name) => needed.has(name));
}

/** @type {Counts} */
const nothing = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs a stage; one that cannot run is one failure.
 * @param {string} name
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage(name, { title, run }) {
  say(`\n== ${title} (${name})`);
  const start = performance.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = { ...nothing, ...(await run()) };
  } catch (error) {
    say(error instanceof ToolError ? error.message : inspect(error));
    counts = { ...nothing, failed: 1 };
  }
  say(`== ${name}: ${counts.failed === 0 ? "done" : "FAILED"} in ${seconds(start)}`);
  return counts;
}

/** @param {readonly string[]} wanted */
async function test(wanted) {
  const start = performance.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  /** @type {string[]} */
  const unsteady = [];
  for (const name of plan(wanted)) {
    const stage = stages[name];
    if (stage === undefined || failed.some((before) => stage.needs.includes(before))) {
      say(`\n== ${name}: FAILED, because ${failed.join(" and ")} did`);
      failed.push(name);
      total.failed += 1;
      continue;
    }
    const counts = await runStage(name, stage);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    unsteady.push(...(counts.unsteady ?? []));
    if (counts.failed > 0) {
      failed.push(name);
    }
  }
  say(
    failed.length === 0
      ? `\nEverything passed in ${seconds(start)}.`
      : `\nThe run failed in ${seconds(start)}: ${failed.join(", ")}.`,
  );
  if (unsteady.length > 0) {
    say(`Passed only when run once more, find the cause: ${unsteady.join(", ")}`);
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  say(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) {
  await runTool(() => test(process.argv.slice(2)));
}
