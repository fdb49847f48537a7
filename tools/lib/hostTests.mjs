import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { inRoot, root } from "./paths.mjs";
import { say } from "./say.mjs";

/** @typedef {import("./vitest.mjs").Counts} Counts */

/**
 * Runs test/host inside a real extension host through VS Code's own launcher.
 * `VSCODE_EXECUTABLE` names a desktop VS Code; on Linux the one of tools/vscode-host is used, elsewhere one is downloaded.
 * @returns {Promise<Counts>}
 */
export async function runHostTests() {
  const suites = await bundleSuites();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "host-tests-"));
  const workspace = path.join(folder, "workspace");
  const resultFile = path.join(folder, "result.json");
  fs.mkdirSync(workspace);
  // What VS Code inherits is how the suite learns where to write.
  process.env["HOST_TEST_RESULT"] = resultFile;
  const executable = vscodeExecutable();
  try {
    await runTests({
      ...(executable !== undefined && { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(suites, "run.js"),
      extensionTestsEnv: { HOST_TEST_RESULT: resultFile },
      launchArgs: [workspace],
    });
    return readResult(resultFile);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    const counts = readResult(resultFile);
    return counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A host that ended before its suite has written nothing, and that is a failure whatever it answered. */
const readResult = (/** @type {string} */ file) =>
  fs.existsSync(file)
    ? /** @type {Counts} */ (JSON.parse(fs.readFileSync(file, "utf8")))
    : { passed: 0, failed: 1, skipped: 0 };

function vscodeExecutable() {
  const chosen = process.env["VSCODE_EXECUTABLE"];
  const here = process.platform === "linux" && process.arch === "x64";
  return chosen ?? (here ? inRoot("tools", "vscode-host", "code.mjs") : undefined);
}

/** VS Code requires its tests as CommonJS. */
async function bundleSuites() {
  const esbuild = await import("esbuild");
  const outdir = inRoot("dist", "test-host");
  fs.rmSync(outdir, { recursive: true, force: true });
  const names = fs.readdirSync(inRoot("test", "host")).filter((name) => name.endsWith(".ts"));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `test/host/${name}`),
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    logLevel: "error",
  });
  return outdir;
}
