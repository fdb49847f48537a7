import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { compileAddon, missingBuildTools } from "./compileAddon.ts";
import { extractWheel } from "./extractWheel.ts";
import { lastLines } from "./lastLines.ts";
import { sha256Of } from "./marker.ts";
import { thisPlatform } from "./nativeEngine.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import { findPip } from "./pip.ts";
import { watchBytes } from "./watchBytes.ts";
import type { Wheel } from "./wheel.ts";
import type { Workshop } from "./workshop.ts";

/** Takes libtensorflow out of TensorFlow's Python wheel and compiles the addon against it. */
export async function takeWheelRoad(workshop: Workshop): Promise<void> {
  const wheel = workshop.wheels[thisPlatform()];
  if (wheel === undefined) {
    throw new RoadClosed(t("no Python wheel was verified for {0}", thisPlatform()));
  }
  const missing = missingBuildTools();
  if (missing !== undefined) {
    throw new RoadClosed(missing);
  }
  const folder = path.join(workshop.staging, "wheel");
  const file = await download(workshop, wheel, folder);
  await verify(workshop, wheel, file);
  await extractWheel(workshop, file, wheel);
  fs.rmSync(folder, { recursive: true });
  await compileAddon(workshop);
}

async function download(workshop: Workshop, wheel: Wheel, folder: string): Promise<string> {
  const { report, run, signal } = workshop;
  const message = `Downloading ${wheel.requirement} from the Python package index`;
  report({ phase: "download", message, bytes: { done: 0, total: wheel.bytes } });
  const python = await findPip(workshop);
  // pip writes into its temporary folder first and moves the file when it is whole.
  const temporary = path.join(folder, "temporary");
  const finished = path.join(folder, "finished");
  fs.mkdirSync(temporary, { recursive: true });
  const { code, output } = await watchBytes(
    folder,
    (done) =>
      report({
        phase: "download",
        message,
        bytes: { done: Math.min(done, wheel.bytes), total: wheel.bytes },
      }),
    () =>
      run(
        python,
        [
          "-m",
          "pip",
          "download",
          ...pipOptions,
          ...wheel.selection,
          "--dest",
          finished,
          wheel.requirement,
        ],
        {
          environment: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
          signal,
        },
      ),
  );
  const name =
    code === 0 ? fs.readdirSync(finished).find((file) => file.endsWith(".whl")) : undefined;
  if (name === undefined) {
    throw new RoadClosed(
      `${t("pip could not download {0}:", wheel.requirement)}\n${lastLines(output)}`,
    );
  }
  return path.join(finished, name);
}

const pipOptions = [
  "--no-deps",
  "--only-binary=:all:",
  "--no-input",
  "--disable-pip-version-check",
  "--progress-bar=off",
] as const;

async function verify({ report, signal }: Workshop, wheel: Wheel, file: string): Promise<void> {
  report({ phase: "verify", message: "Verifying the checksum" });
  const found = await sha256Of(file, signal);
  if (found !== wheel.sha256) {
    throw new RoadClosed(
      t(
        "the downloaded {0} is not the file this version was made for (SHA-256 {1} instead of {2}), so it was not used",
        path.basename(file),
        found,
        wheel.sha256,
      ),
    );
  }
}
