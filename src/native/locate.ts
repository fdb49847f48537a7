import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Marker, type RecordedFile, hasMarker, readMarker } from "./marker.ts";
import { type NativeEngine, packageVersion, thisPlatform } from "./nativeEngine.ts";

/** What a directory holds: an engine that can be used, one that cannot and why, or none. */
export type Inspection =
  | { readonly type: "engine"; readonly engine: NativeEngine }
  | { readonly type: "damaged"; readonly reason: string }
  | { readonly type: "none" };

/** The first usable engine among the directories, in their order. */
export function findNativeEngine(directories: readonly string[]): NativeEngine | undefined {
  for (const directory of directories) {
    const inspection = inspectNativeEngine(directory);
    if (inspection.type === "engine") {
      return inspection.engine;
    }
  }
  return undefined;
}

/** Looks at the engine in a directory; quick enough for every start, because large files are compared by size only. */
export function inspectNativeEngine(directory: string): Inspection {
  if (!hasMarker(directory)) {
    return { type: "none" };
  }
  const marker = readMarker(directory);
  const reason =
    marker === undefined ? "its native.json cannot be read" : damageOf(directory, marker);
  if (marker === undefined || reason !== undefined) {
    return { type: "damaged", reason: reason ?? "" };
  }
  const { tensorflowVersion, source } = marker;
  return { type: "engine", engine: { directory, tensorflowVersion, source } };
}

function damageOf(directory: string, marker: Marker): string | undefined {
  if (marker.platform !== thisPlatform()) {
    return `it was installed for ${marker.platform}`;
  }
  if (marker.packageVersion !== packageVersion) {
    return `it is version ${marker.packageVersion} and ${packageVersion} is needed`;
  }
  for (const file of marker.files) {
    const damage = damageOfFile(path.join(directory, file.path), file);
    if (damage !== undefined) {
      return `${file.path} ${damage}`;
    }
  }
  return undefined;
}

// Reading all of libtensorflow (850 MB) takes seconds; the addon is small and is what gets loaded first.
const hashedUpTo = 8 * 2 ** 20;

function damageOfFile(file: string, { bytes, sha256 }: RecordedFile): string | undefined {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    return "is missing";
  }
  if (found.size !== bytes) {
    return `has ${found.size} bytes instead of ${bytes}`;
  }
  if (bytes <= hashedUpTo && hashOf(file) !== sha256) {
    return "was changed after the installation";
  }
  return undefined;
}

const hashOf = (file: string): string =>
  createHash("sha256").update(fs.readFileSync(file)).digest("hex");
