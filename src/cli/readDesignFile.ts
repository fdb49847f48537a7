import { readFileSync } from "node:fs";

/** A file that cannot be read, in words. */
export class FileError extends Error {}

/** Longest file that is read at all; the parser has a limit of its own below it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The text of a file without a byte order mark. */
export function readDesignFile(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MOST_BYTES) throw new FileError(`${file} is too large to be a design.`);
    return bytes.toString("utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(reasonFor(file, error));
  }
}

function reasonFor(file: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return `There is no file ${file}. Check the name and the folder that you are in.`;
    case "EISDIR":
      return `${file} is a folder. Name a *.cnn.json file in it.`;
    case "EACCES":
    case "EPERM":
      return `${file} may not be read. Check its permissions.`;
    default:
      return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
