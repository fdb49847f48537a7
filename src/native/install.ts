import fs from "node:fs";
import path from "node:path";
import { t } from "../core/text/t.ts";
import { installJavascriptPackage } from "./javascriptPackage.ts";
import { findNativeEngine } from "./locate.ts";
import { packageDirectory, writeMarker } from "./marker.ts";
import type { NativeEngine } from "./nativeEngine.ts";
import { NativeInstallError, RoadClosed, type RoadFailure } from "./nativeInstallError.ts";
import { takeOfficialRoad } from "./officialRoad.ts";
import { probe } from "./probe.ts";
import type { ReportProgress } from "./progress.ts";
import { runProgram } from "./runProgram.ts";
import { moveStaged, prepareStaging } from "./staging.ts";
import { tryEngine } from "./tryEngine.ts";
import { wheels } from "./wheel.ts";
import { takeWheelRoad } from "./wheelRoad.ts";
import type { InstallHands, Workshop } from "./workshop.ts";

interface InstallOptions {
  /** Becomes the engine's directory; the installation happens beside it and is renamed when it is whole. */
  readonly directory: string;
  readonly report: ReportProgress;
  readonly signal?: AbortSignal;
  readonly hands?: Partial<InstallHands>;
}

interface Road {
  readonly name: string;
  readonly source: NativeEngine["source"];
  readonly take: (workshop: Workshop) => Promise<void>;
}

const roads: readonly Road[] = [
  { name: "The package's own download", source: "official", take: takeOfficialRoad },
  { name: "TensorFlow's Python wheel", source: "wheel", take: takeWheelRoad },
];

/**
 * Installs tfjs-node by the first road that works, or returns the usable engine that is there already.
 * @throws {NativeInstallError} with the reason of every road in words, or `cancelled`
 */
export async function installNativeEngine(options: InstallOptions): Promise<NativeEngine> {
  const { directory, report, signal } = options;
  const present = findNativeEngine([directory]);
  if (present !== undefined) {
    return present;
  }
  const staging = prepareStaging(directory);
  try {
    const workshop = { run: runProgram, probe, wheels, ...options.hands, staging, report, signal };
    await installJavascriptPackage(workshop);
    await takeFirstOpenRoad(workshop);
    signal?.throwIfAborted();
    return moveIntoPlace(staging, directory);
  } catch (error) {
    throw signal?.aborted
      ? new NativeInstallError(
          "cancelled",
          t("The installation of the native engine was cancelled."),
        )
      : error;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

async function takeFirstOpenRoad(workshop: Workshop): Promise<void> {
  const failures: RoadFailure[] = [];
  for (const { name, source, take } of roads) {
    try {
      removeCompiledParts(workshop);
      await take(workshop);
      const tensorflowVersion = await tryEngine(workshop);
      workshop.report({ phase: "record", message: "Recording checksums" });
      await writeMarker(workshop.staging, { tensorflowVersion, source }, workshop.signal);
      return;
    } catch (error) {
      if (!(error instanceof RoadClosed)) {
        throw error;
      }
      failures.push({ road: name, reason: error.message });
    }
  }
  throw new NativeInstallError("failed", describeFailures(failures), failures);
}

/** What one road left half done must not meet the next one. */
function removeCompiledParts({ staging }: Workshop): void {
  for (const folder of ["deps", "lib", "build"]) {
    fs.rmSync(path.join(packageDirectory(staging), folder), { recursive: true, force: true });
  }
}

const describeFailures = (failures: readonly RoadFailure[]): string =>
  [
    t("The native engine could not be installed:"),
    ...failures.map(
      ({ road, reason }) => `- ${t(road)}: ${reason}${reason.includes("\n") ? "" : "."}`,
    ),
    t(
      "Mend one of these and install again (npm run native, or the command CNN Architect: Install Native Engine).",
    ),
  ].join("\n");

/** Renames the finished engine to its place; an engine that another process finished meanwhile stays. */
function moveIntoPlace(staging: string, directory: string): NativeEngine {
  const other = findNativeEngine([directory]);
  if (other !== undefined) {
    return other;
  }
  moveStaged(staging, directory);
  const engine = findNativeEngine([directory]);
  if (engine === undefined) {
    throw new NativeInstallError(
      "failed",
      t(
        "The native engine in {0} was changed while it was installed. Install it again.",
        directory,
      ),
    );
  }
  return engine;
}
