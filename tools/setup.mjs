import fs from "node:fs";
import { isMain } from "./lib/isMain.mjs";
import { inRoot } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { ToolError, runTool, say, seconds } from "./lib/say.mjs";

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    JSON.parse(fs.readFileSync(file, "utf8"))
  );
  return lock.packages;
}

/** Says in words why node_modules must be installed, or nothing where it holds what package-lock.json asks for. */
function whyInstall() {
  const installed = inRoot("node_modules", ".package-lock.json");
  return fs.existsSync(installed)
    ? whyStale(packagesOf(installed), packagesOf(inRoot("package-lock.json")))
    : "node_modules is not there yet";
}

/**
 * Compares what npm wrote down after its last installation with what the lock file asks for.
 * @param {Readonly<Record<string, LockedPackage>>} installed
 * @param {Readonly<Record<string, LockedPackage>>} locked
 * @returns {string | undefined}
 */
export function whyStale(installed, locked) {
  const own = new Set(
    Object.keys(locked[""]?.optionalDependencies ?? {}).map((name) => `node_modules/${name}`),
  );
  const stale = Object.entries(locked).find(
    ([folder, { version, optional, devOptional }]) =>
      folder !== "" &&
      // An optional package of another one may be for another platform, which is left out on purpose.
      (installed[folder] !== undefined ||
        !(optional === true || devOptional === true) ||
        own.has(folder)) &&
      installed[folder]?.version !== version,
  );
  return (
    stale &&
    `package-lock.json asks for ${stale[0].replace(/^.*node_modules\//, "")} ${stale[1].version ?? ""}`
  );
}

/** Installs the npm dependencies of the clone where they are missing or stale; no install script of a package runs. */
export async function setup() {
  const reason = whyInstall();
  if (reason === undefined) {
    return;
  }
  const start = performance.now();
  say(`Installing npm packages (${reason}; no package's install script runs) ...`);
  const { code, output } = await run("npm", [
    // Not "npm ci": it refuses a lock file that lacks a package for another platform, and not every
    // registry has every platform's package of every version. The versions of the lock file hold.
    "install",
    "--no-save",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ]);
  if (code !== 0) {
    throw new ToolError(
      `${output}\nnpm could not install the packages (exit status ${code}). Check the network and the registry in your npm settings, then run the command again.`,
    );
  }
  say(`npm packages installed in ${seconds(start)}.`);
}

if (isMain(import.meta.url)) {
  await runTool(setup);
}
