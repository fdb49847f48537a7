import fs from "node:fs";
import path from "node:path";

const stagingName = /\.installing-(\d+)$/;

/** An empty folder beside the directory; leftovers of installations whose process is gone are removed. */
export function prepareStaging(directory: string): string {
  const parent = path.dirname(directory);
  fs.mkdirSync(parent, { recursive: true });
  for (const name of fs.readdirSync(parent)) {
    const owner = name.startsWith(path.basename(directory))
      ? stagingName.exec(name)?.[1]
      : undefined;
    if (owner !== undefined && !isRunning(Number(owner))) {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
  const staging = `${directory}.installing-${process.pid}`;
  fs.mkdirSync(staging);
  return staging;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Renames a finished folder to its place; a damaged one that lies there goes. */
export function moveStaged(staging: string, directory: string): void {
  const damaged = `${staging}.old`;
  if (fs.existsSync(directory)) {
    fs.renameSync(directory, damaged);
  }
  fs.renameSync(staging, directory);
  fs.rmSync(damaged, { recursive: true, force: true });
}
