import path from "node:path";
import { importSource } from "./importSource.mjs";
import { inRoot } from "./paths.mjs";
import { ToolError, say } from "./say.mjs";

/** Where the VS Code server is described, with what is made for it. */
export const hostFolder = inRoot("tools", "vscode-host");

/** Where installed servers are kept, outside the clone. */
export async function hostCache() {
  const { cacheDirectory } = /** @type {typeof import("../../src/native/cacheDirectory.ts")} */ (
    await importSource("src/native/cacheDirectory.ts")
  );
  return path.join(cacheDirectory(), "vscode-host");
}

/** Installs the VS Code server unless it is there. */
export async function vscodeHost() {
  const { installHost } = /** @type {typeof import("../vscode-host/installHost.ts")} */ (
    await importSource("tools/vscode-host/installHost.ts")
  );
  const cache = await hostCache();
  return inWords(() => installHost({ recipe: hostFolder, cache, say }));
}

/** The browser for the tests, installed where that is possible. */
export async function chromium() {
  const { findChromium } = /** @type {typeof import("../vscode-host/findChromium.ts")} */ (
    await importSource("tools/vscode-host/findChromium.ts")
  );
  return inWords(() => findChromium(say));
}

/**
 * Runs something of the VS Code host, whose errors are sentences for people.
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function inWords(work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error && error.name === "HostError"
      ? new ToolError(error.message)
      : error;
  }
}
