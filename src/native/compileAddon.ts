import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { lastLines } from "./lastLines.ts";
import { packageDirectory } from "./marker.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import { findNodeHeaders } from "./nodeHeaders.ts";
import { isOnPath } from "./nodeProgram.ts";
import type { Workshop } from "./workshop.ts";

/** Says which programs the compiler needs and this machine lacks; asked before anything large is downloaded. */
export function missingBuildTools(): string | undefined {
  const missing = ["g++", "make", "python3"].filter((program) => !isOnPath(program));
  return missing.length === 0
    ? undefined
    : t(
        "compiling the addon needs {0} (on Debian and Ubuntu: apt-get install g++ make python3)",
        missing.join(", "),
      );
}

/** Compiles the addon of the staged package against the TensorFlow library in its `deps` folder. */
export async function compileAddon(workshop: Workshop): Promise<void> {
  const { report, run, signal, staging } = workshop;
  report({ phase: "compile", message: "Compiling the addon" });
  const headers = await findNodeHeaders(workshop);
  // Through npm, which knows where its node-gyp is whatever Node this process runs on.
  const { code, output } = await run("npm", ["run", "build-addon-from-source"], {
    cwd: packageDirectory(staging),
    environment: headers === undefined ? {} : { npm_config_nodedir: headers },
    signal,
  });
  if (code !== 0) {
    throw new RoadClosed(`${t("the addon does not compile:")}\n${lastLines(output)}`);
  }
  fs.rmSync(path.join(packageDirectory(staging), "build"), { recursive: true, force: true });
  fs.rmSync(path.join(staging, "headers"), { recursive: true, force: true });
}
