import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inRoot } from "./paths.mjs";
import { runNode } from "./process.mjs";
import { say } from "./say.mjs";

/**
 * What a run counts; files that failed at first and passed when they were run once more are unsteady.
 * @typedef {{ passed: number, failed: number, skipped: number, unsteady?: readonly string[] }} Counts
 */

/**
 * The parts of Vitest's JSON report that are counted.
 * @typedef {{ status: string }} AssertionResult
 * @typedef {{ name: string, status: string, assertionResults: readonly AssertionResult[] }} FileResult
 * @typedef {{ testResults: readonly FileResult[] }} Report
 */

/** More failing files than this are broken, not unsteady. */
const mostUnsteady = 3;

/**
 * Runs Vitest with its output shown as it comes, and counts from its report.
 * @param {...string} parameters
 * @returns {Promise<Counts>}
 */
export async function runVitest(...parameters) {
  return (await runAndReport(parameters)).counts;
}

/**
 * The same for tests that drive another program: a few files that fail are run once more, and named if they pass then.
 * @param {...string} parameters
 * @returns {Promise<Counts>}
 */
export async function runVitestTwice(...parameters) {
  const { counts, report } = await runAndReport(parameters);
  const failed = report?.testResults.filter(({ status }) => status === "failed") ?? [];
  if (failed.length === 0 || failed.length > mostUnsteady) {
    return counts;
  }
  const names = failed.map(({ name }) => inRepository(name));
  say(`\nOnce more, because a test failed: ${names.join(", ")}`);
  const again = await runAndReport([...parameters, ...names]);
  return again.counts.failed === 0 && again.report !== undefined && report !== undefined
    ? merge(report, again.report, names)
    : counts;
}

/**
 * @param {readonly string[]} parameters
 * @returns {Promise<{ counts: Counts, report: Report | undefined }>}
 */
async function runAndReport(parameters) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vitest-report-"));
  const file = path.join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const program = inRoot("node_modules", "vitest", "vitest.mjs");
    const { code } = await runNode(program, ["run", ...parameters, ...reporters], { show: true });
    const report = fs.existsSync(file) ? readReport(file) : undefined;
    const counts = count(report ?? { testResults: [] });
    // A run can fail beside its tests: an error outside every test, a worker that died, no test at all.
    const failedBeside = counts.failed === 0 && (code !== 0 || counts.passed === 0);
    return { counts: failedBeside ? { ...counts, failed: 1 } : counts, report };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
const readReport = (file) => /** @type {Report} */ (JSON.parse(fs.readFileSync(file, "utf8")));

/**
 * @param {Report} report
 * @returns {Counts}
 */
export function count({ testResults }) {
  const statuses = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ status }) => status),
  );
  // A file that throws while it is loaded has no test to fail.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((result) => result.status !== "failed"),
  );
  const passed = statuses.filter((status) => status === "passed").length;
  const failed = statuses.filter((status) => status === "failed").length;
  return {
    passed,
    failed: failed + brokenFiles.length,
    skipped: statuses.length - passed - failed,
  };
}

/**
 * Counts a run in which some files were run a second time and passed.
 * @param {Report} first
 * @param {Report} second
 * @param {readonly string[]} unsteady paths in the repository
 * @returns {Counts}
 */
export function merge(first, second, unsteady) {
  const steady = first.testResults.filter(({ status }) => status !== "failed");
  return { ...count({ testResults: [...steady, ...second.testResults] }), unsteady };
}

/** @param {string} file */
const inRepository = (file) => path.relative(inRoot(), file).replaceAll(path.sep, "/");
