import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { lastLines } from "./lastLines.ts";
import { NativeInstallError } from "./nativeInstallError.ts";
import { packageName, packageVersion } from "./nativeEngine.ts";
import type { Workshop } from "./workshop.ts";

/** Fetches the JavaScript of tfjs-node into the staging folder; no install script runs yet. */
export async function installJavascriptPackage(workshop: Workshop): Promise<void> {
  const { staging, report, run, signal } = workshop;
  const wanted = `${packageName}@${packageVersion}`;
  report({ phase: "package", message: `Fetching ${wanted} from the npm registry` });
  // A project of its own, or npm would look for one in the folders above.
  fs.writeFileSync(path.join(staging, "package.json"), `{ "private": true }\n`);
  const parameters = ["install", wanted, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await run("npm", parameters, { cwd: staging, signal });
  if (code === 127) {
    throw new NativeInstallError(
      "failed",
      t(
        "The native engine could not be installed, because npm was not found. Install Node.js 20 or newer with npm, make sure that npm is on the PATH, and try again.",
      ),
    );
  }
  if (code !== 0) {
    throw new NativeInstallError(
      "failed",
      `${t(
        "The native engine could not be installed, because npm could not fetch {0}. Check the network and npm's registry setting, then try again.",
        wanted,
      )}\n${lastLines(output)}`,
    );
  }
}
