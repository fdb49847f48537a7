import fs from "node:fs";
import path from "node:path";

/** The Node to build and try the addon with: this one, or the one on the PATH where this process is Electron. */
export const nodeProgram = (): string =>
  process.versions["electron"] === undefined ? process.execPath : "node";

/** Whether a program of this name is on the PATH. */
export const isOnPath = (program: string): boolean => findOnPath(program) !== undefined;

/** The file that a program's name stands for. */
export function findOnPath(program: string): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => endings.map((ending) => path.join(folder, program + ending)))
    .find((file) => fs.existsSync(file));
}
