import fs from "node:fs";
import path from "node:path";

/** The Node to build and try the addon with: this one, or the one on the PATH where this process is Electron. */
export const nodeProgram = (): string =>
  process.versions["electron"] === undefined ? process.execPath : "node";

/** Whether a program of this name is on the PATH. */
export function isOnPath(program: string): boolean {
  const extensions = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .some((folder) =>
      extensions.some((extension) => fs.existsSync(path.join(folder, program + extension))),
    );
}
