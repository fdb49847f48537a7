import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { type NativeEngine, packageName, packageVersion, thisPlatform } from "./nativeEngine.ts";

/** One file of an engine as it was when the installation ended. */
export interface RecordedFile {
  /** Relative to the engine's directory, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The content of `native.json`, which is written last: an engine without it was never finished. */
export interface Marker {
  readonly format: 1;
  readonly platform: string;
  readonly packageVersion: string;
  readonly tensorflowVersion: string;
  readonly source: NativeEngine["source"];
  readonly files: readonly RecordedFile[];
}

const markerName = "native.json";
const packageFolder = path.join("node_modules", ...packageName.split("/"));

/** The folder of the tfjs-node package inside an engine. */
export const packageDirectory = (directory: string): string => path.join(directory, packageFolder);

/** SHA-256 of a file in hexadecimal. */
export async function sha256Of(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest("hex");
}

/** Records the compiled parts of the engine in `directory`, so that damage can be seen later. */
export async function writeMarker(
  directory: string,
  { tensorflowVersion, source }: Pick<NativeEngine, "tensorflowVersion" | "source">,
  signal?: AbortSignal,
): Promise<void> {
  const files: RecordedFile[] = [];
  for (const file of compiledFiles(directory)) {
    files.push({
      path: path.relative(directory, file).replaceAll(path.sep, "/"),
      bytes: fs.statSync(file).size,
      sha256: await sha256Of(file, signal),
    });
  }
  const marker: Marker = {
    format: 1,
    platform: thisPlatform(),
    packageVersion,
    tensorflowVersion,
    source,
    files,
  };
  fs.writeFileSync(path.join(directory, markerName), `${JSON.stringify(marker, null, 2)}\n`);
}

/** Reads `native.json`; undefined where there is none, and where it is not one of ours. */
export function readMarker(directory: string): Marker | undefined {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path.join(directory, markerName), "utf8"));
    return isMarker(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the directory has a `native.json`, be it readable or not. */
export const hasMarker = (directory: string): boolean =>
  fs.existsSync(path.join(directory, markerName));

function compiledFiles(directory: string): readonly string[] {
  return ["lib", path.join("deps", "lib")]
    .map((folder) => path.join(packageDirectory(directory), folder))
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

function isMarker(value: unknown): value is Marker {
  const marker = value as Partial<Marker> | null;
  return (
    typeof marker === "object" &&
    marker?.format === 1 &&
    typeof marker.platform === "string" &&
    typeof marker.packageVersion === "string" &&
    typeof marker.tensorflowVersion === "string" &&
    (marker.source === "official" || marker.source === "wheel") &&
    Array.isArray(marker.files) &&
    marker.files.length > 0 &&
    marker.files.every(isRecordedFile)
  );
}

function isRecordedFile(value: unknown): value is RecordedFile {
  const file = value as Partial<RecordedFile> | null;
  return (
    typeof file?.path === "string" &&
    Number.isInteger(file.bytes) &&
    typeof file.sha256 === "string"
  );
}
