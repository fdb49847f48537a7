import fs from "node:fs";
import path from "node:path";
import { HostError } from "./host.ts";
import { runProgram } from "../../src/native/runProgram.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

/** The browser the tests drive: `CHROMIUM`, one on the PATH, or Debian's, which is installed where that is possible. */
export async function findChromium(say: (text: string) => void): Promise<string> {
  const chosen = process.env["CHROMIUM"];
  if (chosen !== undefined) {
    return chosen;
  }
  const found = names.map(onPath).find((file) => file !== undefined);
  if (found !== undefined) {
    return found;
  }
  say("Installing Chromium with apt-get for the tests in the browser ...");
  await installFromDebian();
  const installed = onPath("chromium");
  if (installed === undefined) {
    throw new HostError(`apt-get installed chromium, and no chromium is on the PATH. ${advice}`);
  }
  return installed;
}

const advice = "Install Chromium or Google Chrome, or set CHROMIUM to its program, and try again.";

function onPath(name: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));
}

async function installFromDebian(): Promise<void> {
  if (onPath("apt-get") === undefined || process.getuid?.() !== 0) {
    throw new HostError(
      `The tests in the browser need Chromium, which is not on the PATH. ${advice}`,
    );
  }
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  for (const parameters of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", "chromium"],
  ]) {
    const { code, output } = await runProgram("apt-get", parameters, { environment });
    if (code !== 0) {
      throw new HostError(
        `apt-get ${parameters.join(" ")} ended with ${code}.\n${output}\n${advice}`,
      );
    }
  }
}
