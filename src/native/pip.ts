import path from "node:path";
import { t } from "../core/text/t.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import type { Workshop } from "./workshop.ts";

/** A Python whose pip works: the machine's, or one in a private environment below the staging folder. */
export async function findPip(workshop: Workshop): Promise<string> {
  const { run, signal, staging } = workshop;
  const hasPip = async (python: string): Promise<boolean> =>
    (await run(python, ["-m", "pip", "--version"], { signal })).code === 0;

  const python = process.platform === "win32" ? "python" : "python3";
  if (await hasPip(python)) {
    return python;
  }
  const environment = path.join(staging, "python");
  await run(python, ["-m", "venv", environment], { signal });
  const folder = process.platform === "win32" ? "Scripts" : "bin";
  const own = path.join(environment, folder, python);
  if (await hasPip(own)) {
    return own;
  }
  throw new RoadClosed(
    t("Python 3 with pip was not found (on Debian and Ubuntu: apt-get install python3-pip)"),
  );
}
