import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inRoot } from "./paths.mjs";
import { runNode } from "./process.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The parts of Vitest's JSON report that are counted.
 * @typedef {{ status: string }} AssertionResult
 * @typedef {{ status: string, assertionResults: readonly AssertionResult[] }} FileResult
 * @typedef {{ testResults: readonly FileResult[] }} Report
 */

/**
 * Runs Vitest with its output shown as it comes, and counts from its report.
 * @param {...string} parameters
 * @returns {Promise<Counts>}
 */
export async function runVitest(...parameters) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vitest-report-"));
  const file = path.join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const program = inRoot("node_modules", "vitest", "vitest.mjs");
    const { code } = await runNode(program, ["run", ...parameters, ...reporters], { show: true });
    const counts = fs.existsSync(file)
      ? count(readReport(file))
      : { passed: 0, failed: 0, skipped: 0 };
    // A run can fail beside its tests: an error outside every test, a worker that died, no test at all.
    const failedBeside = counts.failed === 0 && (code !== 0 || counts.passed === 0);
    return failedBeside ? { ...counts, failed: 1 } : counts;
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
