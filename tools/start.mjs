import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { importSource } from "./lib/importSource.mjs";
import { isMain } from "./lib/isMain.mjs";
import { inRoot, root } from "./lib/paths.mjs";
import { ToolError, runTool, say } from "./lib/say.mjs";
import { hostCache, hostFolder, inWords, vscodeHost } from "./lib/vscodeHost.mjs";
import { native } from "./native.mjs";
import { setup } from "./setup.mjs";

const folder = inRoot("examples");
const design = path.join(folder, "lenet5.cnn.json");

/** Opens VS Code on the examples with the extension of this clone: the desktop one, or else one in the browser. */
export async function start() {
  await setup();
  await build();
  await nativeIfPossible();
  await (isOnPath("code") ? startDesktop() : startInBrowser());
}

/** Designing works without the native engine, so its absence is said and not fatal. */
async function nativeIfPossible() {
  try {
    await native();
  } catch (error) {
    if (!(error instanceof ToolError)) {
      throw error;
    }
    say(error.message);
    say("Going on without it: designing works, training needs an engine.");
  }
}

/** @param {string} program */
function isOnPath(program) {
  const endings = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .some((place) => endings.some((ending) => fs.existsSync(path.join(place, program + ending))));
}

async function startDesktop() {
  const windows = process.platform === "win32";
  // The shell, which Windows needs to run code.cmd, would split a path at its spaces.
  const quote = (/** @type {string} */ text) => (windows ? `"${text}"` : text);
  const parameters = [`--extensionDevelopmentPath=${root}`, folder, design].map(quote);
  say("Opening VS Code on examples/ with the extension of this clone.");
  const child = spawn("code", parameters, { stdio: "inherit", shell: windows });
  /** @type {Promise<number | null>} */
  const ending = new Promise((resolve) => {
    child.on("error", () => resolve(127)).on("close", resolve);
  });
  const code = await ending;
  if (code !== 0) {
    throw new ToolError(`VS Code did not start: code ended with ${String(code)}.`);
  }
}

async function startInBrowser() {
  const server = await startServerOnExamples();
  say("");
  say(
    "VS Code is ready with the extension of this clone. Open this address in a browser on this machine:",
  );
  say("");
  say(`  ${server.address(folder)}`);
  say("");
  say("Ctrl+C ends it.");
  await Promise.race([interrupted(), server.ended]);
  await server.stop();
}

async function startServerOnExamples() {
  const host = await vscodeHost();
  const { linkExtensions } = /** @type {typeof import("./vscode-host/linkExtensions.ts")} */ (
    await importSource("tools/vscode-host/linkExtensions.ts")
  );
  const { serverFolders, startServer } =
    /** @type {typeof import("./vscode-host/startServer.ts")} */ (
      await importSource("tools/vscode-host/startServer.ts")
    );
  const { quietSettings } = /** @type {typeof import("./vscode-host/quietSettings.ts")} */ (
    await importSource("tools/vscode-host/quietSettings.ts")
  );
  const directory = path.join(await hostCache(), "start");
  linkExtensions(serverFolders(directory).extensions, [root, path.join(hostFolder, "opener")]);
  return inWords(() =>
    startServer({
      host,
      directory,
      settings: quietSettings,
      forTests: false,
      environment: { CNN_ARCHITECT_OPEN: design },
    }),
  );
}

const interrupted = () =>
  new Promise((resolve) => {
    process.once("SIGINT", resolve).once("SIGTERM", resolve).once("SIGHUP", resolve);
  });

if (isMain(import.meta.url)) {
  await runTool(start);
}
