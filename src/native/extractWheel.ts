import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { type Entry, type ZipFile, openPromise } from "yauzl";
import { t } from "../core/text/t.ts";
import { packageDirectory } from "./marker.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import type { Wheel } from "./wheel.ts";
import type { Workshop } from "./workshop.ts";

/** Takes libtensorflow and the headers out of a downloaded wheel into the `deps` folder where tfjs-node's build looks. */
export async function extractWheel(workshop: Workshop, file: string, wheel: Wheel): Promise<void> {
  const deps = path.join(packageDirectory(workshop.staging), "deps");
  const archive = await openPromise(file, { autoClose: false });
  try {
    const entries: Entry[] = [];
    for await (const entry of archive.eachEntry()) {
      if (targetOf(entry.fileName, wheel) !== undefined) {
        entries.push(entry);
      }
    }
    requireLibraries(entries, wheel);
    await writeEntries(workshop, archive, entries, (name) =>
      path.join(deps, targetOf(name, wheel) ?? ""),
    );
  } finally {
    archive.close();
  }
  linkLibraries(path.join(deps, "lib"), wheel);
}

/** Where an entry of the wheel belongs below `deps`; undefined where it is not needed. */
function targetOf(name: string, { libraries, headers }: Wheel): string | undefined {
  if (libraries.some(({ entry }) => entry === name)) {
    return path.join("lib", path.posix.basename(name));
  }
  return name.endsWith(".h") && headers.some((folder) => name.startsWith(folder))
    ? name.slice("tensorflow/".length)
    : undefined;
}

function requireLibraries(entries: readonly Entry[], { libraries }: Wheel): void {
  const missing = libraries.find(
    ({ entry }) => !entries.some(({ fileName }) => fileName === entry),
  );
  if (missing !== undefined) {
    throw new RoadClosed(t("the wheel does not hold {0}", missing.entry));
  }
}

async function writeEntries(
  { report, signal }: Workshop,
  archive: ZipFile,
  entries: readonly Entry[],
  target: (name: string) => string,
): Promise<void> {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const message = "Extracting libtensorflow";
  let done = 0;
  for (const entry of entries) {
    const file = target(entry.fileName);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const source = await archive.openReadStreamPromise(entry);
    source.on("data", (chunk: Buffer) => {
      done += chunk.length;
      report({ phase: "extract", message, bytes: { done, total } });
    });
    await pipeline(source, fs.createWriteStream(file), { signal });
  }
}

function linkLibraries(folder: string, { libraries }: Wheel): void {
  for (const { entry, aliases } of libraries) {
    for (const alias of aliases) {
      fs.symlinkSync(path.posix.basename(entry), path.join(folder, alias));
    }
  }
}
