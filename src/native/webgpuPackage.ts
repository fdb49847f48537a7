import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { cacheDirectory } from "./cacheDirectory.ts";
import { lastLines } from "./lastLines.ts";
import { NativeInstallError } from "./nativeInstallError.ts";
import type { ReportProgress } from "./progress.ts";
import { runProgram } from "./runProgram.ts";
import { moveStaged, prepareStaging } from "./staging.ts";

/** Dawn, Chrome's WebGPU, as an addon of Node with its programs for every platform. */
const packageName = "webgpu";
const packageVersion = "0.6.2";

/** The folder where `npm run webgpu` puts the package. */
export const defaultWebgpuDirectory = (): string => path.join(cacheDirectory(), "webgpu");

/** It lies beside the native engine, wherever that may be. */
export const webgpuDirectories = (nativeDirectories: readonly string[]): readonly string[] =>
  nativeDirectories.map((directory) => path.join(path.dirname(directory), "webgpu"));

/** The first of the directories that holds the whole package. */
export const findWebgpu = (directories: readonly string[]): string | undefined =>
  directories.find((directory) => fs.existsSync(addonOf(directory)));

const packageIn = (directory: string): string => path.join(directory, "node_modules", packageName);

/** The addon's folder names are those of Dawn's builds. */
const platformFolder =
  process.platform === "darwin" ? "darwin-universal" : `${process.platform}-${process.arch}`;

const addonOf = (directory: string): string =>
  path.join(packageIn(directory), "dist", platformFolder, "dawn.node");

interface InstallOptions {
  readonly directory: string;
  readonly report: ReportProgress;
  readonly signal?: AbortSignal;
  /** Runs npm; another one in tests. */
  readonly run?: typeof runProgram;
}

/**
 * Installs the package from the npm registry, without running any script of it, unless it is there.
 * @throws {NativeInstallError} with the reason in words, or `cancelled`
 */
export async function installWebgpu(options: InstallOptions): Promise<string> {
  const { directory, report, signal, run = runProgram } = options;
  if (findWebgpu([directory]) !== undefined) {
    return directory;
  }
  const staging = prepareStaging(directory);
  try {
    const wanted = `${packageName}@${packageVersion}`;
    report({ phase: "package", message: `Fetching ${wanted} from the npm registry` });
    // A project of its own, or npm would look for one in the folders above.
    fs.writeFileSync(path.join(staging, "package.json"), `{ "private": true }\n`);
    const parameters = ["install", wanted, "--ignore-scripts", "--no-audit", "--no-fund"];
    const { code, output } = await run("npm", parameters, { cwd: staging, signal });
    signal?.throwIfAborted();
    if (code !== 0) {
      throw new NativeInstallError("failed", failureWords(code, wanted, output));
    }
    if (!fs.existsSync(addonOf(staging))) {
      throw new NativeInstallError(
        "failed",
        t(
          "The WebGPU engine could not be installed: {0} has no program for {1} on {2}.",
          wanted,
          process.platform,
          process.arch,
        ),
      );
    }
    removeOtherPlatforms(staging);
    moveStaged(staging, directory);
    return directory;
  } catch (error) {
    throw signal?.aborted
      ? new NativeInstallError(
          "cancelled",
          t("The installation of the WebGPU engine was cancelled."),
        )
      : error;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

const failureWords = (code: number, wanted: string, output: string): string =>
  code === 127
    ? t(
        "The WebGPU engine could not be installed, because npm was not found. Install Node.js 20 or newer with npm, make sure that npm is on the PATH, and try again.",
      )
    : `${t(
        "The WebGPU engine could not be installed, because npm could not fetch {0}. Check the network and npm's registry setting, then try again.",
        wanted,
      )}\n${lastLines(output)}`;

/** Four fifths of the package are for other machines. */
function removeOtherPlatforms(staging: string): void {
  const folder = path.join(packageIn(staging), "dist");
  for (const name of fs.readdirSync(folder)) {
    if (name !== platformFolder) {
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }
}
